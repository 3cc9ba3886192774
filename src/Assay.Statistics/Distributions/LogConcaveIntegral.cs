namespace Assay.Statistics.Distributions;

/// <summary>∫ exp g over the real line for a concave g: the mode, then one Gauss–Legendre panel on either side of it.</summary>
internal static class LogConcaveIntegral
{
    private const double Drop = 36;

    /// <summary>The integral, relative to its own size even when that is 1e-300.</summary>
    public static double Of(Func<double, double> log, Func<double, double> slope, double guess, double scale)
    {
        double sum = 0;
        Visit(log, slope, guess, scale, (_, weight, value) => sum += weight * Math.Exp(value));
        return sum;
    }

    /// <summary>Calls back with each node, its weight and g there.</summary>
    public static void Visit(Func<double, double> log, Func<double, double> slope, double guess, double scale, Action<double, double, double> visit)
    {
        var mode = Roots.Monotone(slope, guess, scale, 0.05 * scale);
        var top = log(mode);
        var rule = GaussLegendre.Forty;
        for (var side = -1; side <= 1; side += 2)
        {
            var length = Length(log, mode, side, top, scale);
            for (var i = 0; i < rule.Nodes.Length; i++)
            {
                var u = mode + (side * 0.5 * length * (1 + rule.Nodes[i]));
                visit(u, 0.5 * length * rule.Weights[i], log(u));
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
