using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Which of two arms tends to have the larger values, by ranks: no unit, no tail and no transformation of the metric matters. It is not a comparison of means.</summary>
/// <param name="Wins">U = #{(c, t): t &gt; c} + ½ #{t = c} over all pairs.</param>
/// <param name="Pairs">n_c · n_t.</param>
/// <param name="Asymptotic">The test of Mann &amp; Whitney (1947) with the variance corrected for ties; undetermined when all values are equal.</param>
/// <param name="ExactPValue">Two-sided, twice the smaller tail of the permutation distribution, at most 1; null when values tie or an arm has 50 or more.</param>
/// <param name="Superiority">The probability with the variance of Brunner &amp; Munzel (2000), valid with unequal shapes: Σ over arms of the variance of placements ÷ n, at Satterthwaite's degrees of freedom. Undetermined below two values an arm, or when the placements do not vary (arms that do not overlap).</param>
/// <param name="Shift">The median of all differences t − c (Hodges &amp; Lehmann 1963), in the metric's unit.</param>
public sealed record RankComparison(double Wins, double Pairs, Outcome<RankSumTest> Asymptotic, double? ExactPValue, Outcome<Estimate> Superiority, double Shift)
{
    /// <summary>From this many values in an arm, the exact distribution is left for the normal one.</summary>
    public const int ExactBelow = 50;

    /// <summary>P(t &gt; c) + ½ P(t = c), estimated by U ÷ (n_c n_t).</summary>
    public double ProbabilityOfSuperiority => Wins / Pairs;

    /// <summary>Compares two arms in O(n log n); wins and ties are counted in integers.</summary>
    /// <returns><see cref="Reason.NoUnits"/> when an arm is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static Outcome<RankComparison> Of(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        foreach (var value in control) Check.Finite(value, nameof(control));
        foreach (var value in treatment) Check.Finite(value, nameof(treatment));
        if (control.IsEmpty || treatment.IsEmpty) return Reason.NoUnits;
        double[] c = control.ToArray(), t = treatment.ToArray();
        Array.Sort(c);
        Array.Sort(t);
        var counts = Placements.Of(c, t);
        var pairs = (long)c.Length * t.Length;
        return new RankComparison(
            0.5 * counts.TwiceWins,
            pairs,
            Normality(counts, c.Length, t.Length),
            counts.HasTies || Math.Max(c.Length, t.Length) >= ExactBelow ? null : RankSumDistribution.TwoSided(c.Length, t.Length, counts.TwiceWins / 2),
            Probability(counts, c.Length, t.Length),
            PairwiseShift.Median(c, t));
    }

    /// <summary>Brunner and Munzel's test of no tendency either way: t = (p̂ − ½) ÷ se, the interval that of p̂ − ½.</summary>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public Outcome<Inference> BrunnerMunzel(double alpha)
    {
        Check.Level(alpha);
        return Superiority.SelectMany(probability => FixedHorizon.Infer(probability with { Value = (Wins - (0.5 * Pairs)) / Pairs }, alpha));
    }

    private static Outcome<RankSumTest> Normality(Placements counts, double controls, double treatments)
    {
        if (counts.RankSpread == 0) return Reason.NoVariance;
        var total = controls + treatments;
        var deviation = Math.Sqrt(controls * treatments / 12 / total / (total - 1) * (double)counts.RankSpread);
        // An exact multiple of ½.
        var excess = 0.5 * (counts.TwiceWins - ((long)controls * (long)treatments));
        return new RankSumTest(excess / deviation, Normal.TwoSidedPValue(excess / deviation), Normal.TwoSidedPValue(Math.Max(0, Math.Abs(excess) - 0.5) / deviation));
    }

    private static Outcome<Estimate> Probability(Placements counts, double controls, double treatments)
    {
        if (controls < 2 || treatments < 2) return Reason.TooFewUnits;
        // Placements of one arm are counts out of the other: over its size they are shares.
        var c = new Estimate(0, counts.ControlVariance / controls / treatments / treatments, controls - 1);
        var t = new Estimate(0, counts.TreatmentVariance / treatments / controls / controls, treatments - 1);
        var difference = Effect.Absolute(c, t);
        return difference.Variance > 0 ? difference with { Value = 0.5 * counts.TwiceWins / controls / treatments } : Reason.NoVariance;
    }
}
