using Assay.Statistics;

namespace Assay.Analysis.Health;

/// <summary>Rates by arm, and whether they differ.</summary>
internal static class ArmRates
{
    public static IReadOnlyList<ArmRate> Of(ReadOnlySpan<long> counts, ReadOnlySpan<long> of)
    {
        var rates = new ArmRate[counts.Length];
        for (var arm = 0; arm < rates.Length; arm++)
            rates[arm] = new ArmRate { VariationIndex = arm, Count = counts[arm], Of = of[arm], Rate = of[arm] == 0 ? null : (double)counts[arm] / of[arm] };
        return rates;
    }

    /// <summary>The highest rate over the lowest, among arms that have one; +∞ over 0, 1 below two arms.</summary>
    public static double Ratio(IReadOnlyList<ArmRate> arms)
    {
        var rates = arms.Where(arm => arm.Rate is not null).Select(arm => arm.Rate!.Value).ToList();
        return rates.Count < 2 || rates.Max() == 0 ? 1 : rates.Max() / rates.Min();
    }

    /// <summary>Whether counts that come in clusters of unknown size differ by arm, told by days: on how many a treatment's rate was above the control's, and on how many below.</summary>
    /// <param name="days">Counts and what they are counts of, by arm, of days that are over.</param>
    /// <param name="arms">Number of arms; the first is the control.</param>
    /// <returns>Days that said something of some treatment, and the current p-value min(1, 1/e), valid at the end of every day.</returns>
    /// <remarks>
    /// Where arms do not differ and have equal weights, a day's units could as well have been dealt the other way round, so that either sign is as likely whatever clusters the events come in; days have
    /// different units. The signs are then fair coins, and e = 2ⁿ·B(a + ½, b + ½) ÷ B(½, ½) is an e-process (Robbins 1970; here the sequential test of <see cref="SampleRatio"/> with two equal weights), e-values of
    /// treatments are averaged, and by Ville's inequality (1939) p ≤ α ever happens with probability α at most. Under unequal weights signs are fair only as far as rates are symmetric, which is why a day speaks
    /// only where the rarer arm is expected to have 20. The price of asking nothing of the clusters is time: no p-value ≤ 0.001 before the 13th day.
    /// </remarks>
    public static (int Days, double PValue) Compare(IReadOnlyCollection<(long[] Counts, long[] Of)> days, int arms)
    {
        var (judged, evidence, treatments) = (0, 0.0, 0);
        for (var treatment = 1; treatment < arms; treatment++)
        {
            long above = 0, below = 0;
            foreach (var (counts, of) in days)
            {
                var sign = Sign(counts[0], of[0], counts[treatment], of[treatment]);
                above += sign > 0 ? 1 : 0;
                below += sign < 0 ? 1 : 0;
            }

            judged = Math.Max(judged, (int)(above + below));
            evidence += Math.Exp(SampleRatio.SequentialLogEvidence([above, below], [1, 1], 1));
            treatments++;
        }

        return (judged, treatments == 0 ? 1 : EValues.ToPValue(evidence / treatments));
    }

    private static int Sign(long control, long controlOf, long treatment, long treatmentOf)
    {
        double all = control + treatment, of = (double)controlOf + treatmentOf;
        if (controlOf == 0 || treatmentOf == 0 || all * Math.Min(controlOf, treatmentOf) < HealthRules.LeastExpectedInDay * of) return 0;
        return ((double)treatment / treatmentOf).CompareTo((double)control / controlOf);
    }
}
