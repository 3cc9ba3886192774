namespace Assay.Statistics.Distributions;

/// <summary>The noncentral t distribution of (Z + δ) ÷ √(χ²_ν/ν), by quadrature over the scale: P(T ≤ t) = ∫ Φ(t s − δ) f_S(s) ds, whose integrand has one mode.</summary>
/// <remarks>δ any number, ν ≥ 0.01 or infinite; by definition (Johnson, Kotz &amp; Balakrishnan 1995, ch. 31).</remarks>
public static class NoncentralT
{
    private const int MostBends = 30;
    private static readonly double[] Steps = [-32, -16, -8, -4, -2, -1, 0, 0.5, 1, 2];

    /// <summary>P(T ≤ t), relative precision in the lower tail.</summary>
    public static double Cdf(double t, double degreesOfFreedom, double noncentrality)
    {
        Check.Number(t);
        Check.DegreesOfFreedom(degreesOfFreedom);
        Check.Finite(noncentrality);
        if (double.IsInfinity(t)) return t > 0 ? 1 : 0;
        if (t == 0) return Normal.Cdf(-noncentrality);
        if (degreesOfFreedom > StudentT.AsGoodAsInfinite) return Normal.Cdf(t - noncentrality);
        Span<double> bends = stackalloc double[MostBends];
        var count = Bends(bends, t, degreesOfFreedom, noncentrality);
        return Math.Min(1, LogConcaveIntegral.Of(new Integrand(t, degreesOfFreedom, noncentrality), 0, 1 / Math.Sqrt(2 * degreesOfFreedom), bends[..count]));
    }

    /// <summary>P(T &gt; t), relative precision in the upper tail.</summary>
    public static double Survival(double t, double degreesOfFreedom, double noncentrality) => Cdf(-t, degreesOfFreedom, -noncentrality);

    /// <summary>Where the integrand bends on a scale of its own: Φ where its argument passes 0 or leaves the order of 1, the density, at few degrees of freedom, all along its slow left tail.</summary>
    private static int Bends(Span<double> bends, double t, double degreesOfFreedom, double noncentrality)
    {
        var count = 0;
        foreach (var step in Steps)
        {
            if (degreesOfFreedom < 30) bends[count++] = step;
            if (t != 0 && degreesOfFreedom < 30) bends[count++] = step - Math.Log(Math.Abs(t));
            if (noncentrality / t is > 0 and < double.PositiveInfinity && Math.Abs(step) <= 8) bends[count++] = Math.Log(noncentrality / t) + (step / Math.Max(1, Math.Abs(noncentrality)));
        }

        return count;
    }

    /// <summary>Over w = ln s, where the density is smooth also at few degrees of freedom.</summary>
    private readonly struct Integrand(double t, double degreesOfFreedom, double noncentrality) : IConcave
    {
        private readonly double _half = degreesOfFreedom / 2;
        private readonly double _constant = Elementary.LnTwo + (0.5 * Math.Log(degreesOfFreedom / 2)) - Elementary.HalfLnTwoPi - LogGamma.StirlingRemainder(degreesOfFreedom / 2);

        public double Log(double u) => _constant - (_half * (Elementary.ExpMinusOne(2 * u) - (2 * u))) + Normal.LogSurvival(noncentrality - (t * Math.Exp(u)));

        public double Slope(double u) => (-degreesOfFreedom * Elementary.ExpMinusOne(2 * u)) + (t * Math.Exp(u) * Normal.Hazard(noncentrality - (t * Math.Exp(u))));
    }
}
