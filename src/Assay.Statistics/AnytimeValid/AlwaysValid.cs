using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Inference that holds at every look, by the normal mixture martingale; every number is the current one, none a running minimum.</summary>
/// <remarks>
/// With V the variance of the effect and τ² the mixture's: ln e = ½ ln(V/(V + τ²)) + τ²x²/(2V(V + τ²)). The same object is the mSPRT (Robbins 1970; Johari, Pekelis &amp; Walsh 2017),
/// GAVI with ρ = 1/τ² (Howard et al. 2021, eq. 14) and the asymptotic confidence sequence (Waudby-Smith et al. 2024, eq. 3). τ² is fixed before data are seen.
/// </remarks>
public static class AlwaysValid
{
    /// <summary>Units a sample must be worth, after the discount for skewness, before its mean counts as normal.</summary>
    public const double MinimumEffectiveCount = 100;

    /// <summary>τ² that makes the interval narrowest when the effect's variance reaches its planned value.</summary>
    /// <param name="plannedVariance">Variance of the effect at the planned size, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <exception cref="ArgumentOutOfRangeException">A variance that is not positive, or α outside (0, 1).</exception>
    /// <remarks>τ² = 1/ρ with ρ = v ÷ (−W₋₁(−α²/e) − 1) and v = 1 ÷ planned variance (Howard et al. 2021, eq. 28).</remarks>
    public static double MixtureVariance(double plannedVariance, double alpha)
    {
        Check.Spread(plannedVariance);
        Check.Level(alpha);
        return plannedVariance * (-LambertW.LowerOfMinusExp((2 * Math.Log(alpha)) - 1) - 1);
    }

    /// <summary>The current p-value min(1, 1/e) and interval of an effect, valid at every look; <see cref="Inference.Statistic"/> is ln e.</summary>
    /// <param name="effect">The effect, nearly normal (see <see cref="IsNormalEnough"/>).</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <param name="mixtureVariance">τ² &gt; 0, fixed before data (see <see cref="MixtureVariance"/>).</param>
    /// <returns><see cref="Reason.NoVariance"/> or <see cref="Reason.TooFewUnits"/> where the effect has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">τ² not positive, or α outside (0, 1).</exception>
    public static Outcome<Inference> Infer(Estimate effect, double alpha, double mixtureVariance)
    {
        Check.Level(alpha);
        Check.Spread(mixtureVariance);
        Check.Estimate(effect);
        if (Check.Refusal(effect) is { } reason) return reason;
        if (Math.Abs(effect.Value) > Check.LargestValue || effect.Variance is < 1e-300 or > 1e300) return Reason.Overflow;
        var evidence = LogEvidence(effect.Value, effect.Variance, mixtureVariance);
        if (double.IsInfinity(evidence)) return Reason.Overflow;
        var radius = Radius(effect.Variance, alpha, mixtureVariance);
        return new Inference(effect, new Interval(effect.Value - radius, effect.Value + radius), evidence, Math.Min(1, Math.Exp(-evidence)));
    }

    /// <summary>ln e of a deviation x with variance V under a mixture of variance τ²: ½ ln(V/(V + τ²)) + τ²x²/(2V(V + τ²)); +∞ where that is beyond a double.</summary>
    /// <param name="deviation">x, the estimate less the value under test.</param>
    /// <param name="variance">V &gt; 0 of the estimate.</param>
    /// <param name="mixtureVariance">τ² &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A variance that is not positive.</exception>
    public static double LogEvidence(double deviation, double variance, double mixtureVariance)
    {
        Check.Measured(deviation);
        Check.Spread(variance);
        Check.Spread(mixtureVariance);
        var z = deviation / Math.Sqrt(variance);
        return (0.5 * z * (mixtureVariance / (variance + mixtureVariance)) * z) - (0.5 * Growth(variance, mixtureVariance));
    }

    /// <summary>Half-width of the interval: √(V(V + τ²)/τ² · (2 ln(1/α) + ln((V + τ²)/V))).</summary>
    /// <param name="variance">V &gt; 0 of the estimate.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <param name="mixtureVariance">τ² &gt; 0.</param>
    /// <returns>+∞ where it is beyond a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A variance that is not positive, or α outside (0, 1).</exception>
    public static double Radius(double variance, double alpha, double mixtureVariance)
    {
        Check.Spread(variance);
        Check.Level(alpha);
        Check.Spread(mixtureVariance);
        var spread = Growth(variance, mixtureVariance) - (2 * Math.Log(alpha));
        return Math.Sqrt(variance * spread) * Math.Sqrt(1 + (variance / mixtureVariance));
    }

    /// <summary>Whether a mean of so many values of such skewness may be treated as normal: n ≥ 100 and n ≥ 100·skewness².</summary>
    /// <remarks>
    /// Cochran's rule n &gt; 25·G₁² (Sampling Techniques, 1977, §2.15), four times stricter because a sequential boundary lies further out in the tail.
    /// For a rare binary outcome skewness² ≈ 1/p, so the rule is 100 conversions.
    /// </remarks>
    public static bool IsNormalEnough(long count, double skewness) => EffectiveCount(count, skewness) >= MinimumEffectiveCount;

    /// <summary>min(n, n ÷ skewness²): how many symmetric units a skewed sample is worth to the normal approximation of its mean.</summary>
    public static double EffectiveCount(long count, double skewness)
    {
        Check.Count(count);
        Check.Finite(skewness);
        return count / Math.Max(1, skewness * skewness);
    }

    /// <summary>ln(1 + τ²/V), also where the quotient is beyond a double.</summary>
    private static double Growth(double variance, double mixtureVariance)
    {
        var ratio = mixtureVariance / variance;
        return double.IsFinite(ratio) ? Elementary.LogOnePlus(ratio) : Math.Log(mixtureVariance) - Math.Log(variance);
    }
}
