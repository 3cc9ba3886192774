namespace Assay.Statistics.Distributions;

/// <summary>The χ² distribution: twice a gamma variable of half its degrees of freedom.</summary>
/// <remarks>P(X ≤ x) = P(ν/2, x/2) (DLMF 8.2.4; Abramowitz &amp; Stegun 1964, 26.4.19), ν degrees of freedom, between 2e-9 and 2e20. The quantile at 1 is +∞, and the logarithm of a probability of 0 is −∞.</remarks>
public static class ChiSquared
{
    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x, double degreesOfFreedom) => Gamma.Cdf(x / 2, Shape(degreesOfFreedom));

    /// <summary>P(X &gt; x).</summary>
    public static double Survival(double x, double degreesOfFreedom) => Gamma.Survival(x / 2, Shape(degreesOfFreedom));

    /// <summary>ln P(X &gt; x); −∞ where that is 0.</summary>
    public static double LogSurvival(double x, double degreesOfFreedom) => Gamma.LogSurvival(x / 2, Shape(degreesOfFreedom));

    /// <summary>x with P(X ≤ x) = p; +∞ at 1.</summary>
    public static double Quantile(double p, double degreesOfFreedom) => 2 * Gamma.Quantile(p, Shape(degreesOfFreedom));

    /// <summary>x with P(X &gt; x) = q; +∞ at 0.</summary>
    public static double InverseSurvival(double q, double degreesOfFreedom) => 2 * Gamma.InverseSurvival(q, Shape(degreesOfFreedom));

    private static double Shape(double degreesOfFreedom)
    {
        if (!(degreesOfFreedom is >= 2e-9 and <= 2e20)) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "Between 2e-9 and 2e20.");
        return degreesOfFreedom / 2;
    }
}
