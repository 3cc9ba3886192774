using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Whether units arrived in the proportions of the split.</summary>
public static class SampleRatio
{
    /// <summary>Pearson's χ² of counts against weights (1900), a test to be read once; weights need not sum to 1, arms of weight 0 are left out.</summary>
    /// <param name="counts">Units of each arm, between 0 and 2⁶⁰.</param>
    /// <param name="weights">The split, each 0 or within 1e±150, one weight an arm.</param>
    /// <returns><see cref="Reason.NoUnits"/> before the first unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Unequal lengths, a count outside its range, a weight that is neither 0 nor within 1e±150, or fewer than two positive weights.</exception>
    public static Outcome<SampleRatioTest> ChiSquare(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights)
    {
        var split = Split(counts, weights);
        if (split.Units == 0) return Reason.NoUnits;
        var expected = new double[counts.Length];
        double chiSquare = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            expected[i] = split.Units * (weights[i] / split.Weight);
            if (weights[i] <= 0) continue;
            var deviation = split.Deviation(counts[i], weights[i]);
            chiSquare += deviation / expected[i] * deviation;
        }

        var degrees = split.Arms - 1;
        var log = ChiSquared.LogSurvival(chiSquare, degrees);
        return new SampleRatioTest(chiSquare, Math.Exp(log), degrees, [.. expected], split.Stray) { LogPValue = log };
    }

    /// <summary>The current p-value min(1, 1/e) of the Dirichlet–multinomial test, which may be read after every unit (Lindon &amp; Malek 2022).</summary>
    /// <param name="counts">Units of each arm so far.</param>
    /// <param name="weights">The split.</param>
    /// <param name="concentration">Total of the Dirichlet prior centred at the split, within 1e±150: larger looks for smaller deviations.</param>
    /// <exception cref="ArgumentOutOfRangeException">Unequal lengths, a count outside its range, a weight that is neither 0 nor within 1e±150, fewer than two positive weights, or a concentration outside 1e±150.</exception>
    public static double SequentialPValue(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights, double concentration = 10_000) =>
        Math.Min(1, Math.Exp(-SequentialLogEvidence(counts, weights, concentration)));

    /// <summary>ln e = ln B(α + n) − ln B(α) − Σ nᵢ ln θᵢ with α = concentration·θ (Lindon &amp; Malek 2022, eq. 7), stable for 10⁹ units.</summary>
    /// <param name="counts">Units of each arm so far.</param>
    /// <param name="weights">The split.</param>
    /// <param name="concentration">Total of the Dirichlet prior centred at the split, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="SequentialPValue"/>.</exception>
    public static double SequentialLogEvidence(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights, double concentration = 10_000)
    {
        Check.Scale(concentration);
        var split = Split(counts, weights);
        var total = concentration + split.Units;
        var evidence = LogGamma.StirlingRemainder(concentration) - LogGamma.StirlingRemainder(total)
            - (0.5 * (split.Arms - 1) * Math.Log(total / concentration));
        for (var i = 0; i < counts.Length; i++)
        {
            if (weights[i] <= 0) continue;
            var share = weights[i] / split.Weight;
            var prior = concentration * share;
            var deviation = split.Deviation(counts[i], weights[i]) / (total * share);
            // m ln(m/Mθ), the linear part of which sums to zero over the arms; an arm that is nearly empty keeps its digits in m alone.
            var ratio = deviation < -0.5 ? (prior + counts[i]) / (total * share) : 1 + deviation;
            var log = deviation < -0.5 ? Math.Log(ratio) : Elementary.LogOnePlus(deviation);
            var less = deviation < -0.5 ? log - deviation : Elementary.LogOnePlusLess(deviation);
            evidence += (total * share * ((ratio * less) + (deviation * deviation))) - (0.5 * log)
                + LogGamma.StirlingRemainder(prior + counts[i]) - LogGamma.StirlingRemainder(prior);
        }

        return evidence;
    }

    private static Shares Split(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, counts.Length, nameof(weights));
        double units = 0, weight = 0, slack = 0;
        var (arms, stray) = (0, false);
        for (var i = 0; i < counts.Length; i++)
        {
            Check.Count(counts[i], nameof(counts));
            if (weights[i] != 0) Check.Scale(weights[i], nameof(weights));
            var sum = weight + weights[i];
            // What the sum of weights rounds away (Knuth's two-sum).
            slack += weight - (sum - (sum - weight)) + (weights[i] - (sum - weight));
            weight = sum;
            if (weights[i] > 0) (units, arms) = (units + counts[i], arms + 1);
            else stray |= counts[i] > 0;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2, nameof(weights));
        return new Shares(units, weight, slack, arms, stray);
    }

    private readonly record struct Shares(double Units, double Weight, double Slack, int Arms, bool Stray)
    {
        /// <summary>o − N·w/W, exact to the last digits of the difference: with a trillion units the expected count itself has none to spare.</summary>
        public double Deviation(long count, double weight)
        {
            var share = weight / Weight;
            var rest = (Math.FusedMultiplyAdd(-share, Weight, weight) - (share * Slack)) / Weight;
            return Math.FusedMultiplyAdd(-Units, share, count) - (Units * rest);
        }
    }
}
