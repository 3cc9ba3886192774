using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The difference of two proportions: the pooled test and the intervals beside it. Effects are treatment minus control.</summary>
/// <remarks>
/// Successes lie between 0 and the count of their arm and α in (0, 1), or <see cref="ArgumentOutOfRangeException"/> is thrown; an arm without units is <see cref="Reason.NoUnits"/>.
/// Differences are on the scale of the proportions: 0.01 is one percentage point.
/// </remarks>
public static class Proportions
{
    /// <summary>p with variance p(1 − p)/n (divisor n, by definition), normal reference.</summary>
    /// <param name="successes">Units that converted.</param>
    /// <param name="count">Units.</param>
    public static Outcome<Estimate> Estimate(long successes, long count)
    {
        Check.Counts(successes, count);
        if (count == 0) return Reason.NoUnits;
        var share = (double)successes / count;
        return new Estimate(share, share * ((double)(count - successes) / count) / count, double.PositiveInfinity);
    }

    /// <summary>p_t − p_c with the unpooled variance p_t q_t/n_t + p_c q_c/n_c (by definition).</summary>
    public static Outcome<Estimate> Difference(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount)
    {
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        var (control, treatment) = (Estimate(controlSuccesses, controlCount), Estimate(treatmentSuccesses, treatmentCount));
        if (!control.TryGet(out var c)) return control.Reason;
        if (!treatment.TryGet(out var t)) return treatment.Reason;
        return Effect.Absolute(c, t) with { Value = Exactly(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount) };
    }

    /// <summary>The pooled two-proportion z, z = (p_t − p_c) ÷ √(p(1 − p)(1/n_c + 1/n_t)), without continuity correction: the root of Pearson's χ² (1900).</summary>
    /// <returns><see cref="Reason.NoVariance"/> when nobody or everybody converted.</returns>
    public static Outcome<PooledZ> PooledTest(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount)
    {
        var difference = Difference(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount);
        if (!difference.TryGet(out var effect)) return difference.Reason;
        double successes = (double)controlSuccesses + treatmentSuccesses, count = (double)controlCount + treatmentCount;
        var variance = successes / count * ((count - successes) / count) * ((1.0 / controlCount) + (1.0 / treatmentCount));
        if (!(variance > 0)) return Reason.NoVariance;
        var error = Math.Sqrt(variance);
        return new PooledZ(effect, error, effect.Value / error);
    }

    /// <summary>The score interval {δ : |d − δ| ≤ z·√V(δ)} with V at the restricted maximum likelihood (Mee 1984), which inverts <see cref="PooledTest"/>.</summary>
    public static Outcome<Interval> ScoreInterval(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha) =>
        ScoreDifference.Interval(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount, alpha, 1);

    /// <summary>The score interval with the factor N ÷ (N − 1) in its variance (Miettinen &amp; Nurminen 1985).</summary>
    public static Outcome<Interval> MiettinenNurminen(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        var total = (double)controlCount + treatmentCount;
        return ScoreDifference.Interval(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount, alpha, total > 1 ? total / (total - 1) : 1);
    }

    /// <summary>Wilson's score interval of one proportion (1927).</summary>
    public static Outcome<Interval> Wilson(long successes, long count, double alpha)
    {
        Check.Level(alpha);
        Check.Counts(successes, count);
        if (count == 0) return Reason.NoUnits;
        double z = Normal.TwoSidedCritical(alpha), square = z * z, failures = count - successes;
        var spread = z * Math.Sqrt((successes / (double)count * failures) + (square / 4));
        var total = count + square;
        // Each end from the sum that does not cancel: upper = (x + z²/2 + s)/(n + z²), lower by the product of the roots.
        var upper = (successes + (square / 2) + spread) / total;
        var lower = successes == 0 ? 0 : (double)successes * successes / count / (successes + (square / 2) + spread);
        return new Interval(lower, failures == 0 ? 1 : upper);
    }

    /// <summary>Newcombe's hybrid score interval, method 10 (1998): from the two Wilson intervals, no continuity correction.</summary>
    public static Outcome<Interval> Newcombe(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        if (controlCount == 0 || treatmentCount == 0) return Reason.NoUnits;
        double z = Normal.TwoSidedCritical(alpha), d = Exactly(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount);
        return new Interval(
            d - double.Hypot(Below(treatmentSuccesses, treatmentCount, z), Below(controlCount - controlSuccesses, controlCount, z)),
            d + double.Hypot(Below(treatmentCount - treatmentSuccesses, treatmentCount, z), Below(controlSuccesses, controlCount, z)));
    }

    /// <summary>Agresti &amp; Caffo's interval (2000): Wald after one success and one failure are added to each arm.</summary>
    public static Outcome<Interval> AgrestiCaffo(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        return Difference(controlSuccesses + 1, controlCount + 2, treatmentSuccesses + 1, treatmentCount + 2)
            .Select(effect => Around(effect, alpha));
    }

    /// <summary>Wald's interval (1943) d ± z·√(unpooled variance), for compatibility only: it covers too little at small counts.</summary>
    public static Outcome<Interval> Wald(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        return Difference(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount).Select(effect => Around(effect, alpha));
    }

    /// <summary>Katz's interval of the ratio p_t ÷ p_c: exp(ln rr ± z√(1/x_t − 1/n_t + 1/x_c − 1/n_c)) (Katz et al. 1978).</summary>
    /// <returns>A ratio, not less one; <see cref="Reason.ZeroBaseline"/> when an arm has no success.</returns>
    public static Outcome<Interval> KatzRatio(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        if (controlCount == 0 || treatmentCount == 0) return Reason.NoUnits;
        if (controlSuccesses == 0 || treatmentSuccesses == 0) return Reason.ZeroBaseline;
        double xc = controlSuccesses, xt = treatmentSuccesses, nc = controlCount, nt = treatmentCount;
        var radius = Normal.TwoSidedCritical(alpha) * Math.Sqrt(((nt - xt) / (xt * nt)) + ((nc - xc) / (xc * nc)));
        var log = Math.Log(xt / nt / (xc / nc));
        return new Interval(Math.Exp(log - radius), Math.Exp(log + radius));
    }

    /// <summary>p_t − p_c = (x_t n_c − x_c n_t) ÷ (n_c n_t), the numerator in whole numbers: two shares near each other, or near 1, lose no digits.</summary>
    internal static double Exactly(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount) =>
        (double)(((Int128)treatmentSuccesses * controlCount) - ((Int128)controlSuccesses * treatmentCount)) / ((double)controlCount * treatmentCount);

    /// <summary>p less Wilson's lower end, which is his upper end less p for the failures.</summary>
    private static double Below(long successes, long count, double z)
    {
        double failures = count - successes, square = z * z;
        return ((z * Math.Sqrt((successes * (failures / count)) + (square / 4))) + (square * ((successes - failures) / (2.0 * count)))) / (count + square);
    }

    private static Interval Around(Estimate effect, double alpha)
    {
        var radius = Normal.TwoSidedCritical(alpha) * effect.StandardError;
        return new Interval(effect.Value - radius, effect.Value + radius);
    }
}
