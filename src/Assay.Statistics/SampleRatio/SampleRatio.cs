using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Whether units arrived in the proportions of the split.</summary>
public static class SampleRatio
{
    /// <summary>Pearson's test of the counts against the split.</summary>
    /// <param name="ChiSquare">Σ(o − e)²/e over arms with a positive weight.</param>
    /// <param name="PValue">Upper tail of χ².</param>
    /// <param name="DegreesOfFreedom">Arms with a positive weight, less one.</param>
    /// <param name="Expected">Expected count of each arm, 0 for a weight of 0.</param>
    /// <param name="UnitsInZeroWeightArm">Whether an arm of weight 0 has units, which is an assignment error of its own.</param>
    public sealed record SampleRatioResult(double ChiSquare, double PValue, int DegreesOfFreedom, ImmutableArray<double> Expected, bool UnitsInZeroWeightArm)
    {
        /// <summary>ln of the p-value, finite where the p-value underflows.</summary>
        public double LogPValue { get; init; }
    }

    /// <summary>Pearson's χ² of counts against weights (1900), a test to be read once; weights need not sum to 1, arms of weight 0 are left out.</summary>
    /// <param name="counts">Units of each arm, ≥ 0.</param>
    /// <param name="weights">The split, ≥ 0, one weight an arm.</param>
    /// <returns><see cref="Reason.NoUnits"/> before the first unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Unequal lengths, a negative count or weight, or fewer than two positive weights.</exception>
    public static Outcome<SampleRatioResult> ChiSquare(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights)
    {
        var split = Split(counts, weights);
        if (split.Units == 0) return Reason.NoUnits;
        var expected = new double[counts.Length];
        double chiSquare = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            expected[i] = split.Units * (weights[i] / split.Weight);
            if (weights[i] > 0) chiSquare += (counts[i] - expected[i]) / expected[i] * (counts[i] - expected[i]);
        }

        var degrees = split.Arms - 1;
        var log = ChiSquared.LogSurvival(chiSquare, degrees);
        return new SampleRatioResult(chiSquare, Math.Exp(log), degrees, [.. expected], split.Stray) { LogPValue = log };
    }

    /// <summary>The current p-value min(1, 1/e) of the Dirichlet–multinomial test, which may be read after every unit (Lindon &amp; Malek 2022).</summary>
    /// <param name="counts">Units of each arm so far.</param>
    /// <param name="weights">The split.</param>
    /// <param name="concentration">Total of the Dirichlet prior centred at the split, &gt; 0: larger looks for smaller deviations.</param>
    /// <exception cref="ArgumentOutOfRangeException">Unequal lengths, a negative count or weight, fewer than two positive weights, or a concentration that is not positive.</exception>
    public static double SequentialPValue(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights, double concentration = 10_000) =>
        Math.Min(1, Math.Exp(-SequentialLogEvidence(counts, weights, concentration)));

    /// <summary>ln e = ln B(α + n) − ln B(α) − Σ nᵢ ln θᵢ with α = concentration·θ (Lindon &amp; Malek 2022, eq. 7), stable for 10⁹ units.</summary>
    /// <param name="counts">Units of each arm so far.</param>
    /// <param name="weights">The split.</param>
    /// <param name="concentration">Total of the Dirichlet prior centred at the split, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="SequentialPValue"/>.</exception>
    public static double SequentialLogEvidence(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights, double concentration = 10_000)
    {
        Check.Positive(concentration);
        var split = Split(counts, weights);
        var total = concentration + split.Units;
        var evidence = LogGamma.StirlingRemainder(concentration) - LogGamma.StirlingRemainder(total)
            - (0.5 * (split.Arms - 1) * Math.Log(total / concentration));
        for (var i = 0; i < counts.Length; i++)
        {
            if (weights[i] <= 0) continue;
            var share = weights[i] / split.Weight;
            var prior = concentration * share;
            var deviation = (counts[i] - (split.Units * share)) / (total * share);
            // m ln(m/Mθ), the linear part of which sums to zero over the arms.
            var deviance = total * share * (((1 + deviation) * Elementary.LogOnePlusLess(deviation)) + (deviation * deviation));
            evidence += deviance - (0.5 * Elementary.LogOnePlus(deviation))
                + LogGamma.StirlingRemainder(prior + counts[i]) - LogGamma.StirlingRemainder(prior);
        }

        return evidence;
    }

    private static (double Units, double Weight, int Arms, bool Stray) Split(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, counts.Length, nameof(weights));
        double units = 0, weight = 0;
        var (arms, stray) = (0, false);
        for (var i = 0; i < counts.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[i], nameof(counts));
            Check.NonNegative(weights[i], nameof(weights));
            weight += weights[i];
            if (weights[i] > 0) (units, arms) = (units + counts[i], arms + 1);
            else stray |= counts[i] > 0;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2, nameof(weights));
        return (units, weight, arms, stray);
    }
}
