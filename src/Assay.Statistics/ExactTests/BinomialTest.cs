using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The exact test of one proportion.</summary>
/// <param name="PValue">Two-sided: Σ P(k) over outcomes no likelier than the observed.</param>
/// <param name="Less">P(X ≤ x).</param>
/// <param name="Greater">P(X ≥ x).</param>
public sealed record BinomialTest(double PValue, double Less, double Greater)
{
    /// <summary>x successes of n against a null proportion: X ~ Binomial(n, p) (by definition; ties within 1e-7 count as R does).</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n.</param>
    /// <param name="nullProportion">p in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…n, or p outside (0, 1).</exception>
    public static BinomialTest Of(long successes, long count, double nullProportion)
    {
        Check.Counts(successes, count);
        Check.Level(nullProportion);
        double logP = Math.Log(nullProportion), logQ = Elementary.LogOnePlus(-nullProportion);
        var mode = Math.Min(count, (long)Math.Floor((count + 1) * nullProportion));
        var tails = ExactTails.Of(0, count, successes, mode, LogMass);
        // The tails themselves from the incomplete beta function: no sum of a million terms.
        var less = successes == count ? 1 : Beta.Survival(nullProportion, successes + 1.0, count - successes);
        var greater = successes == 0 ? 1 : Beta.Cdf(nullProportion, successes, count - successes + 1.0);
        return new BinomialTest(tails.TwoSided, less, greater);

        double LogMass(long k)
        {
            // Beta kernel form: no cancellation between log-gammas of large counts.
            if (k == 0) return count * logQ;
            if (k == count) return count * logP;
            double failures = count - k;
            return IncompleteBeta.LogKernel(k, failures, nullProportion, 1 - nullProportion) + Math.Log(count / ((double)k * failures));
        }
    }

    /// <summary>Clopper &amp; Pearson's exact interval (1934): beta quantiles at α/2 and 1 − α/2, 0 or 1 at the ends.</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…n, or α outside (0, 1).</exception>
    public static Interval ClopperPearson(long successes, long count, double alpha)
    {
        Check.Counts(successes, count);
        Check.Level(alpha);
        return new Interval(
            successes == 0 ? 0 : Beta.Quantile(alpha / 2, successes, count - successes + 1.0),
            successes == count ? 1 : Beta.InverseSurvival(alpha / 2, successes + 1.0, count - successes));
    }
}
