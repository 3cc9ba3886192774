namespace Assay.Statistics.Distributions;

/// <summary>The noncentral t distribution of (Z + δ) ÷ √(χ²_ν/ν), by quadrature over the scale: P(T ≤ t) = ∫ Φ(t s − δ) f_S(s) ds, whose integrand has one mode.</summary>
/// <remarks>δ any number, ν &gt; 0; by definition (Johnson, Kotz &amp; Balakrishnan 1995, ch. 31).</remarks>
public static class NoncentralT
{
    /// <summary>P(T ≤ t), relative precision in the lower tail.</summary>
    public static double Cdf(double t, double degreesOfFreedom, double noncentrality)
    {
        Check.Positive(degreesOfFreedom);
        Check.Finite(noncentrality);
        var half = degreesOfFreedom / 2;
        var constant = Elementary.LnTwo + (0.5 * Math.Log(half)) - Elementary.HalfLnTwoPi - LogGamma.StirlingRemainder(half);
        return Math.Min(1, LogConcaveIntegral.Of(Log, Slope, 0, 1 / Math.Sqrt(2 * degreesOfFreedom)));

        // Over w = ln s, where the density is smooth also at few degrees of freedom.
        double Log(double w) => constant + (degreesOfFreedom * w) - (half * Elementary.ExpMinusOne(2 * w)) + Normal.LogSurvival(noncentrality - (t * Math.Exp(w)));

        double Slope(double w) => (-degreesOfFreedom * Elementary.ExpMinusOne(2 * w)) + (t * Math.Exp(w) * Normal.Hazard(noncentrality - (t * Math.Exp(w))));
    }

    /// <summary>P(T &gt; t), relative precision in the upper tail.</summary>
    public static double Survival(double t, double degreesOfFreedom, double noncentrality) => Cdf(-t, degreesOfFreedom, -noncentrality);
}
