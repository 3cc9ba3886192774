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
    public static IEnumerable<(double Node, double Weight)> Over(List<IPosteriorArm> arms, IPosteriorArm? measure)
    {
        double lowest = arms.Min(arm => arm.Mode), highest = arms.Max(arm => arm.Mode);
        double from = arms.Min(arm => Fall(arm, lowest, -arm.Scale, Reach)), to = arms.Max(arm => Fall(arm, highest, arm.Scale, Reach));
        var ends = Panels(measure is null ? arms : [.. arms, measure], from, to);
        for (var panel = 0; panel + 1 < ends.Count; panel++)
        {
            double half = 0.5 * (ends[panel + 1] - ends[panel]), middle = ends[panel] + half;
            for (var i = 0; i < GaussLegendre.Sixteen.Nodes.Length; i++)
            {
                yield return (middle + (half * GaussLegendre.Sixteen.Nodes[i]), half * GaussLegendre.Sixteen.Weights[i]);
            }
        }
    }

    private static List<double> Panels(List<IPosteriorArm> arms, double from, double to)
    {
        var marks = new List<(double At, double Spacing)>();
        foreach (var arm in arms)
        {
            if (arm.Mode > from && arm.Mode < to) marks.Add((arm.Mode, Math.Abs(Fall(arm, arm.Mode, arm.Scale, Steps[0]) - arm.Mode)));
            Mark(arm, -1, from, to, marks);
            Mark(arm, 1, from, to, marks);
        }

        marks.Sort();
        var ends = new List<double> { from };
        var spacing = double.PositiveInfinity;
        foreach (var mark in marks)
        {
            // A panel a little longer than asked is as good as two.
            if (mark.At - ends[^1] < 0.3 * Math.Min(spacing, mark.Spacing)) continue;
            ends.Add(mark.At);
            spacing = mark.Spacing;
        }

        ends.Add(to);
        return ends;
    }

    private static void Mark(IPosteriorArm arm, int side, double from, double to, List<(double At, double Spacing)> marks)
    {
        double at = arm.Mode, length = arm.Scale, fallen = 0;
        for (var step = 0; fallen < Deepest; step++)
        {
            var fall = Steps[Math.Min(step, Steps.Length - 1)];
            var next = Fall(arm, at, side * length, fall);
            if (next == at || (side < 0 ? next < from : next > to)) return;
            (at, length, fallen) = (next, Math.Abs(next - at), fallen + fall);
            if (at > from && at < to) marks.Add((at, length));
        }
    }

    /// <summary>A point beyond u, on the side of the step, where the log-density has fallen by about as much as asked.</summary>
    private static double Fall(IPosteriorArm arm, double u, double step, double fall)
    {
        var top = arm.LogDensity(u);
        double near = u, far = u + step;
        while (top - arm.LogDensity(far) < fall)
        {
            near = far;
            step *= 2;
            far = u + step;
        }

        for (var i = 0; i < 60 && top - arm.LogDensity(far) > 1.2 * fall; i++)
        {
            var middle = 0.5 * (near + far);
            if (top - arm.LogDensity(middle) < fall) near = middle; else far = middle;
        }

        return far;
    }
}
