using System.Collections.Immutable;
using CsCheck;

namespace Assay.Statistics.Tests.Totality;

/// <summary>Values of the library's records: as the library makes them, and as nobody should.</summary>
internal static class Values
{
    public static Estimate Estimate(Draw draw)
    {
        if (draw.Rarely(4)) return default;
        if (draw.Rarely(6)) return new Estimate(0, 0, double.PositiveInfinity);
        var value = draw.Number("value");
        return new Estimate(value, draw.Rarely(4) ? draw.Number("variance") : draw.Positive(), draw.Rarely(4) ? draw.Number("freedom") : draw.Of(Gen.OneOf(1, 3, 17.3, 998, 1e9, double.PositiveInfinity)));
    }

    public static Moments Moments(Draw draw)
    {
        var count = draw.Count("count");
        return draw.Of(Gen.Int[0, 9]) switch
        {
            0 => new Moments(count, draw.Number("mean"), draw.Number("squares")),
            1 => default,
            2 => new Moments(1, draw.Of(Gen.Double[-3, 3]), 0),
            3 => new Moments(1_000_000_000_000, 1e9, 1e12),
            4 => Statistics.Moments.Of([1e9, 1e9 + 1, 1e9 + 2]),
            5 => Statistics.Moments.Of([3, 3, 3]),
            6 => Statistics.Moments.OfProportion(Math.Clamp(count / 3, 0, Check.LargestCount / 3), Math.Clamp(count, 0, Check.LargestCount)),
            _ => Statistics.Moments.Of(draw.Of(Gen.Double[-3, 3].Array[2, 6])),
        };
    }

    public static JointMoments JointMoments(Draw draw)
    {
        var columns = draw.Rarely(6) ? draw.Of(Gen.Int[1, 8]) : draw.Columns;
        switch (draw.Of(Gen.Int[0, 9]))
        {
            case 0:
                return Statistics.JointMoments.Empty(columns);
            case 1:
                // As they come over a wire: any numbers that pass the door.
                var squares = Enumerable.Range(0, columns * (columns + 1) / 2).Select(_ => Finite(draw.Number("squares"))).ToArray();
                for (int i = 0, at = 0; i < columns; at += columns - i++) squares[at] = Math.Abs(squares[at]);
                return new JointMoments(Math.Clamp(draw.Count("count"), 0, Check.LargestCount), [.. Enumerable.Range(0, columns).Select(_ => Finite(draw.Number("mean")))], [.. squares]);
            default:
                var offset = draw.Of(Gen.OneOf(0, 0, 0, 1e9));
                var rows = draw.Of(Gen.Int[1, 9]);
                var constant = draw.Rarely(10);
                return Statistics.JointMoments.Of([.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(i => i == 1 && columns == 2 && draw.Rarely(70) ? draw.Of(Gen.Int[0, 1]) : constant ? 1 : offset + draw.Of(Gen.Double[-3, 3])).ToArray())]);
        }

        static double Finite(double x) => double.IsNaN(x) ? 0 : Math.Clamp(x, -1e306, 1e306);
    }

    /// <summary>Joint moments (outcome, treatment) of a cluster that had one treatment as a whole.</summary>
    public static JointMoments Cluster(Draw draw)
    {
        var treatment = draw.Rarely(4) ? 2 : draw.Of(Gen.Int[0, 1]);
        return Statistics.JointMoments.Of([.. draw.Of(Gen.Double[-3, 3].Array[1, 6]).Select(outcome => (double[])[outcome, draw.Rarely(1) ? 0.5 : treatment])]);
    }

    public static AdjustedArms Adjusted(Draw draw)
    {
        JointMoments control = JointMoments(draw), treatment = JointMoments(draw);
        if (control.Columns == treatment.Columns && !draw.Rarely(30) && CovariateAdjustment.Optimal(control, treatment).TryGet(out var fit)) return fit;
        return new AdjustedArms(draw.Rarely(10) ? default : [.. draw.Numbers("theta")], Estimate(draw), Estimate(draw), draw.Number("share"));
    }

    public static Interval Interval(Draw draw) => new(draw.Number("lower"), draw.Number("upper"));

    public static Inference Inference(Draw draw) => new(Estimate(draw), Interval(draw), draw.Number("z"), draw.Number("p"));

    public static Boundaries Boundaries(Draw draw)
    {
        if (!draw.Rarely(35)) return draw.Of(Receivers.Bounds);
        ImmutableArray<double> fractions = draw.Rarely(8) ? default : [.. draw.Numbers("fractions")];
        return new Boundaries(fractions, draw.Rarely(8) ? default : [.. draw.Numbers("z")], draw.Small("sides"), draw.Rarely(8) ? default : fractions, draw.Rarely(50) ? null : draw.Number("constant"));
    }

    public static Winsorisation Limits(Draw draw) => Winsorisation.AtQuantiles(draw.Of(Gen.Double[-9, 9].Array[1, 5]), draw.Rarely(30) ? null : 0.1, draw.Rarely(30) ? null : 0.9).Value;
}
