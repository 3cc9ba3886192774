namespace Assay.Statistics.Distributions;

/// <summary>∫ exp g over the real line for a concave g: the mode, then two Gauss–Legendre panels on either side of it, a short one for the core and a long one for the tail.</summary>
internal static class LogConcaveIntegral
{
    private const double Drop = 36;
    private const double Core = 0.2;
    private const int Ends = 5;

    /// <summary>The most breaks.</summary>
    private const int MostBreaks = 40;

    /// <summary>The integral, relative to its own size even when that is 1e-300; a panel also ends at each of the breaks, where g bends on a finer scale than its own.</summary>
    public static double Of<TLog>(TLog g, double guess, double scale, params ReadOnlySpan<double> breaks)
        where TLog : struct, IConcave
    {
        var sum = new Sum();
        Visit(g, guess, scale, breaks, ref sum);
        return sum.Total;
    }

    /// <summary>Shows each node, its weight and g there.</summary>
    public static void Visit<TLog, TVisitor>(TLog g, double guess, double scale, ReadOnlySpan<double> breaks, ref TVisitor visitor)
        where TLog : struct, IConcave
        where TVisitor : struct, INodeVisitor
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(breaks.Length, MostBreaks, nameof(breaks));
        var mode = Roots.Falling(new SlopeOf<TLog>(g), guess, scale, 0.2 * scale);
        var top = g.Log(mode);
        double left = Length(g, mode, -1, top, scale), right = Length(g, mode, 1, top, scale);
        Span<double> ends = stackalloc double[Ends + MostBreaks];
        var count = 0;
        foreach (var end in (ReadOnlySpan<double>)[mode - left, mode - (Core * left), mode, mode + (Core * right), mode + right]) ends[count++] = end;
        foreach (var point in breaks)
        {
            if (point > mode - left && point < mode + right) ends[count++] = point;
        }

        ends = ends[..count];
        ends.Sort();
        var rule = GaussLegendre.TwentyFour;
        for (var panel = 0; panel + 1 < ends.Length; panel++)
        {
            double half = 0.5 * (ends[panel + 1] - ends[panel]), middle = 0.5 * (ends[panel + 1] + ends[panel]);
            for (var i = 0; half > 0 && i < rule.Nodes.Length; i++)
            {
                var u = middle + (half * rule.Nodes[i]);
                visitor.Visit(u, half * rule.Weights[i], g.Log(u));
            }
        }
    }

    /// <summary>A distance from the mode at which g has fallen by about <see cref="Drop"/>.</summary>
    private static double Length<TLog>(TLog g, double mode, int side, double top, double scale)
        where TLog : struct, IConcave
    {
        double low = 0, high = 4 * scale;
        for (; g.Log(mode + (side * high)) > top - Drop; high *= 2) low = high;
        for (var i = 0; i < 40 && g.Log(mode + (side * high)) < top - (1.3 * Drop); i++)
        {
            var middle = 0.5 * (low + high);
            if (g.Log(mode + (side * middle)) > top - Drop) low = middle; else high = middle;
        }

        return high;
    }

    private readonly struct SlopeOf<TLog>(TLog g) : IFunction
        where TLog : struct, IConcave
    {
        public double At(double x) => g.Slope(x);
    }

    private struct Sum : INodeVisitor
    {
        public double Total { get; private set; }

        public void Visit(double u, double weight, double log) => Total += weight * Math.Exp(log);
    }
}
