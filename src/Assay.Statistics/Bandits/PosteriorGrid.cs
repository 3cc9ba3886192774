using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Nodes for integrals of products of densities and distribution functions of several arms, however different their widths.</summary>
/// <remarks>
/// A panel of 16 Gauss–Legendre nodes ends wherever an arm's log-density has fallen by a further step from its mode, so that within a panel no factor bends much. The nodes reach as far as any arm has
/// mass beyond the outermost modes: since densities and distribution functions are log-concave, every integral of a product of them has died out there relative to its own size.
/// </remarks>
internal static class PosteriorGrid
{
    private const double Reach = 40;
    private const double Deepest = 745;
    private static readonly double[] Steps = [2, 7, 11, 16, 20];

    /// <summary>Nodes and weights in u; panels also end where the measure dθ/du bends, if it does.</summary>
    public static IEnumerable<(Place Node, double Weight)> Over(List<IPosteriorArm> arms, IPosteriorArm? measure)
    {
        Place lowest = new(arms.Min(arm => arm.Mode), 0), highest = new(arms.Max(arm => arm.Mode), 0);
        var from = arms.Select(arm => Fall(arm, lowest, -arm.Scale, Reach)).MinBy(end => end.Offset);
        var to = arms.Select(arm => Fall(arm, highest, arm.Scale, Reach)).MaxBy(end => end.Offset);
        Mark last = new(from, double.PositiveInfinity);
        foreach (var mark in Marks(measure is null ? arms : [.. arms, measure], from, to))
        {
            var length = mark.At.From(last.At);
            // A panel a little longer than asked is as good as two.
            if (length < 0.3 * Math.Min(last.Spacing, mark.Spacing)) continue;
            // Measured from the end that belongs to the narrower density.
            var start = mark.Spacing > 0 && mark.Spacing < last.Spacing ? mark.At with { Offset = mark.At.Offset - length } : last.At;
            for (var i = 0; i < GaussLegendre.Sixteen.Nodes.Length; i++)
            {
                yield return (start with { Offset = start.Offset + (0.5 * length * (1 + GaussLegendre.Sixteen.Nodes[i])) }, 0.5 * length * GaussLegendre.Sixteen.Weights[i]);
            }

            last = mark;
        }
    }

    /// <summary>Where panels may end, in order; the last is the end of the range.</summary>
    private static List<Mark> Marks(List<IPosteriorArm> arms, Place from, Place to)
    {
        var marks = new List<Mark>();
        foreach (var arm in arms)
        {
            var mode = new Place(arm.Mode, 0);
            if (IsWithin(mode)) marks.Add(new Mark(mode, Fall(arm, mode, arm.Scale, Steps[0]).Offset));
            Walk(arm, -1);
            Walk(arm, 1);
        }

        marks.Sort(static (left, right) => left.Order.CompareTo(right.Order));
        marks.Add(new Mark(to, 0));
        return marks;

        bool IsWithin(Place place) => place.From(from) > 0 && place.From(to) < 0;

        void Walk(IPosteriorArm arm, int side)
        {
            var at = new Place(arm.Mode, 0);
            var length = arm.Scale;
            double fallen = 0;
            for (var step = 0; fallen < Deepest; step++)
            {
                var fall = Steps[Math.Min(step, Steps.Length - 1)];
                var next = Fall(arm, at, side * length, fall);
                if (side < 0 ? next.From(from) < 0 : next.From(to) > 0) return;
                length = Math.Abs(next.Offset - at.Offset);
                fallen += fall;
                at = next;
                if (IsWithin(at)) marks.Add(new Mark(at, length));
            }
        }
    }

    /// <summary>A point beyond another, on the side of the step, where the log-density has fallen by about as much as asked.</summary>
    private static Place Fall(IPosteriorArm arm, Place start, double step, double fall)
    {
        var top = arm.LogDensity(start);
        double near = 0, far = step;
        for (; Fallen(far) < fall; far *= 2) near = far;
        for (var i = 0; i < 60 && Fallen(far) > 1.2 * fall; i++)
        {
            var middle = 0.5 * (near + far);
            if (Fallen(middle) < fall) near = middle; else far = middle;
        }

        return start with { Offset = start.Offset + far };

        double Fallen(double distance) => top - arm.LogDensity(start with { Offset = start.Offset + distance });
    }

    /// <summary>An end of a panel and how far its arm may go without another; 0 for the end of the range, which always is one.</summary>
    private readonly record struct Mark(Place At, double Spacing)
    {
        public (double, double, double) Order => (At.Value, At.Anchor, At.Offset);
    }
}
