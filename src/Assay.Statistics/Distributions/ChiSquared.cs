namespace Assay.Statistics.Distributions;

/// <summary>The χ² distribution: twice a gamma variable of half its degrees of freedom.</summary>
/// <remarks>P(X ≤ x) = P(ν/2, x/2) (DLMF 8.2.4; Abramowitz &amp; Stegun 1964, 26.4.19), ν &gt; 0 degrees of freedom.</remarks>
public static class ChiSquared
{
    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x, double degreesOfFreedom) => Gamma.Cdf(x / 2, Shape(degreesOfFreedom));

    /// <summary>P(X &gt; x).</summary>
    public static double Survival(double x, double degreesOfFreedom) => Gamma.Survival(x / 2, Shape(degreesOfFreedom));

    /// <summary>ln P(X &gt; x).</summary>
    public static double LogSurvival(double x, double degreesOfFreedom) => Gamma.LogSurvival(x / 2, Shape(degreesOfFreedom));

    /// <summary>x with P(X ≤ x) = p.</summary>
    public static double Quantile(double p, double degreesOfFreedom) => 2 * Gamma.Quantile(p, Shape(degreesOfFreedom));

    /// <summary>x with P(X &gt; x) = q.</summary>
    public static double InverseSurvival(double q, double degreesOfFreedom) => 2 * Gamma.InverseSurvival(q, Shape(degreesOfFreedom));

    private static double Shape(double degreesOfFreedom)
    {
        Check.Positive(degreesOfFreedom);
        return degreesOfFreedom / 2;
    }
}
