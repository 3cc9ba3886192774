namespace Assay.Statistics.Distributions;

/// <summary>Student's t distribution with real degrees of freedom; an infinite number of them is the normal distribution.</summary>
/// <remarks>Density (1 + t²/ν)^(−(ν + 1)/2) ÷ (√ν B(½, ν/2)), ν ≥ 0.01 (Student 1908; Abramowitz &amp; Stegun 1964, 26.7.1). Upper tails and logarithms are computed directly. Quantiles at 0 and 1 are −∞ and +∞, and +∞ also where they are beyond a double.</remarks>
public static class StudentT
{
    private const double FarRatio = 1e9;

    /// <summary>Beyond this no double tells the distribution from the normal one.</summary>
    internal const double AsGoodAsInfinite = 1e30;

    /// <summary>P(T ≤ t).</summary>
    public static double Cdf(double t, double degreesOfFreedom) => Survival(-t, degreesOfFreedom);

    /// <summary>P(T &gt; t) = ½ Iₓ(ν/2, ½) with x = ν ÷ (ν + t²) for t ≥ 0 (DLMF 8.17), relative precision in the tail.</summary>
    public static double Survival(double t, double degreesOfFreedom)
    {
        Check.Number(t);
        Check.DegreesOfFreedom(degreesOfFreedom);
        if (degreesOfFreedom > AsGoodAsInfinite) return Normal.Survival(t);
        if (t < 0) return 1 - Survival(-t, degreesOfFreedom);
        if (StudentSeries.TrySurvival(t, degreesOfFreedom, out var survival)) return survival;
        return Math.Abs(t) * Math.Abs(t) < degreesOfFreedom * 1e-3 && Math.Abs(t) < 0.5
            ? 0.5 - Centre(t, degreesOfFreedom)
            : Math.Exp(LogSurvival(t, degreesOfFreedom));
    }

    /// <summary>ln P(T &gt; t); −∞ where that is 0.</summary>
    public static double LogSurvival(double t, double degreesOfFreedom)
    {
        Check.Number(t);
        Check.DegreesOfFreedom(degreesOfFreedom);
        if (degreesOfFreedom > AsGoodAsInfinite) return Normal.LogSurvival(t);
        if (t < 0) return Elementary.LogOnePlus(-Survival(-t, degreesOfFreedom));
        if (StudentSeries.TrySurvival(t, degreesOfFreedom, out var survival) && survival > 1e-290) return Math.Log(survival);
        var ratio = t / Math.Sqrt(degreesOfFreedom);
        if (ratio > FarRatio)
        {
            return (-degreesOfFreedom * Math.Log(ratio)) - Math.Log(degreesOfFreedom) - LogGamma.Beta(degreesOfFreedom / 2, 0.5);
        }

        var square = t * t;
        return IncompleteBeta.LogTails(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + square), square / (degreesOfFreedom + square)).Lower - Elementary.LnTwo;
    }

    /// <summary>P(|T| &gt; |t|), twice the survival function.</summary>
    public static double TwoSidedPValue(double t, double degreesOfFreedom) => Math.Min(1, 2 * Survival(Math.Abs(t), degreesOfFreedom));

    /// <summary>t with P(|T| &gt; t) = α: the half-width multiplier of a two-sided interval at level 1 − α; +∞ at 0 and beyond a double.</summary>
    public static double TwoSidedCritical(double alpha, double degreesOfFreedom)
    {
        Check.Probability(alpha);
        return InverseSurvival(alpha / 2, degreesOfFreedom);
    }

    /// <summary>t with P(T ≤ t) = p; −∞ at 0, +∞ at 1, and infinite where it is beyond a double.</summary>
    public static double Quantile(double p, double degreesOfFreedom)
    {
        Check.Probability(p);
        return -InverseSurvival(p, degreesOfFreedom);
    }

    /// <summary>t with P(T &gt; t) = q, by Halley's method on the logarithm of the tail from Fisher's expansion (Abramowitz &amp; Stegun 1964, 26.7.5); +∞ at 0, −∞ at 1, and infinite where it is beyond a double.</summary>
    public static double InverseSurvival(double q, double degreesOfFreedom)
    {
        Check.Probability(q);
        Check.DegreesOfFreedom(degreesOfFreedom);
        if (degreesOfFreedom > AsGoodAsInfinite) return Normal.InverseSurvival(q);
        if (q is 0 or 1) return q == 0 ? double.PositiveInfinity : double.NegativeInfinity;
        if (q == 0.5) return 0;
        if (q > 0.5) return -InverseSurvival(1 - q, degreesOfFreedom);
        if (q <= 0.4) return StudentQuantile.Upper(q, degreesOfFreedom);
        // Next to the median the centre has the digits.
        return Math.Exp(Roots.Monotone(new CentreExcess(0.5 - q, degreesOfFreedom), Math.Log(Normal.InverseSurvival(q)), 0.05));
    }

    /// <summary>P(0 &lt; T ≤ t) for t ≥ 0, precise near 0.</summary>
    private static double Centre(double t, double degreesOfFreedom)
    {
        var square = t * t;
        return 0.5 * Math.Exp(IncompleteBeta.LogTails(0.5, degreesOfFreedom / 2, square / (degreesOfFreedom + square), degreesOfFreedom / (degreesOfFreedom + square)).Lower);
    }

    private readonly struct CentreExcess(double probability, double degreesOfFreedom) : IFunction
    {
        public double At(double log) => Math.Log(Centre(Math.Exp(log), degreesOfFreedom) / probability);
    }
}
