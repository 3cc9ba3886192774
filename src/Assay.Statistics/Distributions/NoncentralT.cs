namespace Assay.Statistics.Distributions;

/// <summary>The noncentral t distribution of (Z + δ) ÷ √(χ²_ν/ν), by quadrature over the scale: P(T ≤ t) = ∫ Φ(t s − δ) f_S(s) ds, whose integrand has one mode.</summary>
/// <remarks>δ any number, ν &gt; 0 or infinite; by definition (Johnson, Kotz &amp; Balakrishnan 1995, ch. 31).</remarks>
public static class NoncentralT
{
    /// <summary>P(T ≤ t), relative precision in the lower tail.</summary>
    public static double Cdf(double t, double degreesOfFreedom, double noncentrality)
    {
        Check.Number(t);
        Check.DegreesOfFreedom(degreesOfFreedom);
        Check.Finite(noncentrality);
        if (double.IsInfinity(t)) return t > 0 ? 1 : 0;
        if (degreesOfFreedom > StudentT.AsGoodAsInfinite) return Normal.Cdf(t - noncentrality);
        var half = degreesOfFreedom / 2;
        var constant = Elementary.LnTwo + (0.5 * Math.Log(half)) - Elementary.HalfLnTwoPi - LogGamma.StirlingRemainder(half);
        return Math.Min(1, LogConcaveIntegral.Of(Log, Slope, 0, 1 / Math.Sqrt(2 * degreesOfFreedom), Bends(t, degreesOfFreedom, noncentrality)));

        // Over w = ln s, where the density is smooth also at few degrees of freedom.
        double Log(double w) => constant - (half * (Elementary.ExpMinusOne(2 * w) - (2 * w))) + Normal.LogSurvival(noncentrality - (t * Math.Exp(w)));

        double Slope(double w) => (-degreesOfFreedom * Elementary.ExpMinusOne(2 * w)) + (t * Math.Exp(w) * Normal.Hazard(noncentrality - (t * Math.Exp(w))));
    }

    /// <summary>Where the integrand bends on a scale of its own: Φ where its argument passes 0 or leaves the order of 1, the density, at few degrees of freedom, all along its slow left tail.</summary>
    private static double[] Bends(double t, double degreesOfFreedom, double noncentrality)
    {
        double[] steps = [-32, -16, -8, -4, -2, -1, 0, 0.5, 1, 2];
        var bends = new List<double>();
        if (degreesOfFreedom < 30) bends.AddRange(steps);
        if (t != 0 && degreesOfFreedom < 30) bends.AddRange(steps.Select(step => step - Math.Log(Math.Abs(t))));
        if (noncentrality / t is > 0 and < double.PositiveInfinity)
        {
            var width = 1 / Math.Max(1, Math.Abs(noncentrality));
            bends.AddRange(steps.Where(step => Math.Abs(step) <= 8).Select(step => Math.Log(noncentrality / t) + (step * width)));
        }

        return [.. bends];
    }

    /// <summary>P(T &gt; t), relative precision in the upper tail.</summary>
    public static double Survival(double t, double degreesOfFreedom, double noncentrality) => Cdf(-t, degreesOfFreedom, -noncentrality);
}
