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
    /// <param name="count">n, at most 2⁶⁰.</param>
    /// <param name="nullProportion">p in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…n, n above 2⁶⁰, or p outside (0, 1).</exception>
    public static BinomialTest Of(long successes, long count, double nullProportion)
    {
        Check.Counts(successes, count);
        Check.Level(nullProportion);
        var mode = Math.Min(count, (long)Math.Floor((count + 1) * nullProportion));
        // The tails from the incomplete beta function: no sum of a million terms.
        double less = Less(successes), greater = Greater(successes);
        var far = ExactTails.FarSide(0, count, successes, mode, k => BinomialMass.Log(k, count, nullProportion, 1 - nullProportion));
        var twoSided = far is not { } other ? 1 : successes > mode ? greater + (other < 0 ? 0 : Less(other)) : less + (other > count ? 0 : Greater(other));
        return new BinomialTest(Math.Min(1, twoSided), less, greater);

        double Less(long x) => x == count ? 1 : Beta.Survival(nullProportion, x + 1.0, count - x);

        double Greater(long x) => x == 0 ? 1 : Beta.Cdf(nullProportion, x, count - x + 1.0);
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
