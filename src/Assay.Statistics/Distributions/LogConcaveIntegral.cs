namespace Assay.Statistics.Distributions;

/// <summary>∫ exp g over the real line for a concave g: the mode, then two Gauss–Legendre panels on either side of it, a short one for the core and a long one for the tail.</summary>
internal static class LogConcaveIntegral
{
    private const double Drop = 36;
    private const double Core = 0.2;

    /// <summary>The integral, relative to its own size even when that is 1e-300.</summary>
    public static double Of(Func<double, double> log, Func<double, double> slope, double guess, double scale, params ReadOnlySpan<double> breaks)
    {
        double sum = 0;
        Visit(log, slope, guess, scale, breaks, (_, weight, value) => sum += weight * Math.Exp(value));
        return sum;
    }

    /// <summary>Calls back with each node, its weight and g there; a panel also ends at each of the breaks, where g bends on a finer scale than its own.</summary>
    public static void Visit(
        Func<double, double> log, Func<double, double> slope, double guess, double scale, ReadOnlySpan<double> breaks, Action<double, double, double> visit)
    {
        var mode = Roots.Falling(slope, guess, scale, 0.2 * scale);
        var top = log(mode);
        double left = Length(log, mode, -1, top, scale), right = Length(log, mode, 1, top, scale);
        List<double> ends = [mode - left, mode - (Core * left), mode, mode + (Core * right), mode + right];
        foreach (var point in breaks)
        {
            if (point > ends[0] && point < mode + right) ends.Add(point);
        }

        ends.Sort();
        var rule = GaussLegendre.TwentyFour;
        for (var panel = 0; panel + 1 < ends.Count; panel++)
        {
            double half = 0.5 * (ends[panel + 1] - ends[panel]), middle = 0.5 * (ends[panel + 1] + ends[panel]);
            for (var i = 0; half > 0 && i < rule.Nodes.Length; i++)
            {
                var u = middle + (half * rule.Nodes[i]);
                visit(u, half * rule.Weights[i], log(u));
            }
        }
    }

    /// <summary>A distance from the mode at which g has fallen by about <see cref="Drop"/>.</summary>
    private static double Length(Func<double, double> log, double mode, int side, double top, double scale)
    {
        double low = 0, high = 4 * scale;
        for (; log(mode + (side * high)) > top - Drop; high *= 2) low = high;
        for (var i = 0; i < 40 && log(mode + (side * high)) < top - (1.3 * Drop); i++)
        {
            var middle = 0.5 * (low + high);
            if (log(mode + (side * middle)) > top - Drop) low = middle; else high = middle;
        }

        return high;
    }
}
