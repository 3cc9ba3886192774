namespace Assay.Statistics.Distributions;

/// <summary>The noncentral t distribution of (Z + δ) ÷ √(χ²_ν/ν), by quadrature over the scale: P(T ≤ t) = ∫ Φ(t s − δ) f_S(s) ds, whose integrand is log-concave.</summary>
public static class NoncentralT
{
    /// <summary>P(T ≤ t), relative precision in the lower tail.</summary>
    public static double Cdf(double t, double degreesOfFreedom, double noncentrality)
    {
        Check.Positive(degreesOfFreedom);
        Check.Finite(noncentrality);
        var half = degreesOfFreedom / 2;
        var constant = Elementary.LnTwo + (0.5 * Math.Log(half)) - Elementary.HalfLnTwoPi - LogGamma.StirlingRemainder(half);
        return Math.Min(1, LogConcaveIntegral.Of(Log, Slope, 1, 1 / Math.Sqrt(2 * degreesOfFreedom)));

        double Log(double s) => s <= 0
            ? double.NegativeInfinity
            : constant + ((degreesOfFreedom - 1) * Math.Log(s)) + (half * (1 - s) * (1 + s)) + Normal.LogSurvival(noncentrality - (t * s));

        double Slope(double s) => s <= 0
            ? 1e300
            : ((degreesOfFreedom - 1) / s) - (degreesOfFreedom * s) + (t * Normal.Hazard(noncentrality - (t * s)));
    }

    /// <summary>P(T &gt; t), relative precision in the upper tail.</summary>
    public static double Survival(double t, double degreesOfFreedom, double noncentrality) => Cdf(-t, degreesOfFreedom, -noncentrality);
}
