using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Tests that are read once, at the planned end.</summary>
public static class FixedHorizon
{
    /// <summary>Two proportions by the pooled z test, with the score interval that inverts it (Mee 1984) so that it excludes 0 exactly when p ≤ α.</summary>
    /// <remarks>z = (p_t − p_c) ÷ √(p(1 − p)(1/n_c + 1/n_t)); the effect's variance is the unpooled p_t q_t/n_t + p_c q_c/n_c.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, or α outside (0, 1).</exception>
    public static Outcome<Inference> TwoProportions(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        var test = Proportions.PooledTest(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount);
        if (!test.TryGet(out var pooled)) return test.Reason;
        var interval = Proportions.ScoreInterval(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount, alpha);
        return interval.Select(ends => new Inference(pooled.Effect, ends, pooled.Z, Normal.TwoSidedPValue(pooled.Z)));
    }

    /// <summary>Two means with unequal variances: t = (ȳ_t − ȳ_c) ÷ √(s_c²/n_c + s_t²/n_t) at Welch's degrees of freedom (Welch 1947).</summary>
    /// <param name="control">Moments of one value a unit.</param>
    /// <param name="treatment">The same of the treatment arm.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    /// <remarks>One arm without variance is legal; both without are <see cref="Reason.NoVariance"/>.</remarks>
    public static Outcome<Inference> Welch(Moments control, Moments treatment, double alpha)
    {
        Check.Level(alpha);
        Check.Moments(control);
        Check.Moments(treatment);
        var (c, t) = (Mean.Of(control), Mean.Of(treatment));
        if (!c.TryGet(out var controlMean)) return c.Reason;
        return t.TryGet(out var treatmentMean) ? Infer(controlMean, treatmentMean, alpha) : t.Reason;
    }

    /// <summary>Any two independent estimates (adjusted means, ratios, quantiles) by t at Welch's degrees of freedom (1947), or z when they are infinite.</summary>
    /// <param name="control">The control's estimate.</param>
    /// <param name="treatment">The treatment's, independent of it and in its unit.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public static Outcome<Inference> Infer(Estimate control, Estimate treatment, double alpha)
    {
        Check.Level(alpha);
        return Infer(Effect.Absolute(control, treatment), alpha);
    }

    /// <summary>An effect against 0: the statistic effect ÷ se, its two-sided p-value and the interval effect ± q·se (by definition of the t interval).</summary>
    /// <param name="effect">The effect; its degrees of freedom choose Student's t, or the normal when infinite.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <returns><see cref="Reason.NoVariance"/> when the variance is 0, <see cref="Reason.TooFewUnits"/> when it is unknown, <see cref="Reason.Overflow"/> when the statistic or a quantile is beyond a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public static Outcome<Inference> Infer(Estimate effect, double alpha)
    {
        Check.Level(alpha);
        Check.Estimate(effect);
        if (Check.Refusal(effect) is { } reason) return reason;
        var statistic = effect.Value / effect.StandardError;
        var radius = StudentT.TwoSidedCritical(alpha, effect.DegreesOfFreedom) * effect.StandardError;
        if (!double.IsFinite(statistic) || !double.IsFinite(radius)) return Reason.Overflow;
        return new Inference(effect, new Interval(effect.Value - radius, effect.Value + radius), statistic, StudentT.TwoSidedPValue(statistic, effect.DegreesOfFreedom));
    }
}
