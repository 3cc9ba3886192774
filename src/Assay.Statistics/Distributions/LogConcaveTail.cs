namespace Assay.Statistics.Distributions;

/// <summary>∫₀^∞ exp φ(t) dt for a concave φ: one Gauss–Legendre panel up to where the integrand has fallen by e⁻⁴⁰.</summary>
internal static class LogConcaveTail
{
    /// <summary>The integral, to about 1e-13, given a first guess of its length.</summary>
    public static double Integrate<TDensity>(TDensity density, double scale)
        where TDensity : struct, ILogDensity
    {
        double low = 0, high = scale;
        while (density.At(high) > -38) (low, high) = (high, 2 * high);
        for (var i = 0; i < 40; i++)
        {
            if (density.At(high) > -44) break;
            var middle = 0.5 * (low + high);
            if (density.At(middle) > -38) low = middle; else high = middle;
        }

        var rule = GaussLegendre.Forty;
        double half = high / 2, sum = 0;
        for (var i = 0; i < rule.Nodes.Length; i++) sum += rule.Weights[i] * Math.Exp(density.At(half * (1 + rule.Nodes[i])));
        return half * sum;
    }
}

/// <summary>The logarithm of a density relative to its value where a tail begins.</summary>
internal interface ILogDensity
{
    /// <summary>φ(t) with φ(0) = 0, concave and not increasing for t ≥ 0.</summary>
    double At(double t);
}
