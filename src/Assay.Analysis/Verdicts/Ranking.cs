namespace Assay.Analysis.Verdicts;

/// <summary>Treatments in the order one would take them: by outcome, then by shrunk gain.</summary>
internal static class Ranking
{
    /// <summary>Two gains this many standard deviations apart are told apart.</summary>
    private const double Apart = 1.96;

    public static IReadOnlyList<RankedTreatment> Of(DecisionBasis basis, IReadOnlyDictionary<int, VerdictStatus> outcomes)
    {
        var gains = basis.Treatments.ToDictionary(arm => arm, arm => Gain(basis, arm));
        var ranked = basis.Treatments.OrderBy(arm => DecisionRule.Order(outcomes[arm])).ThenByDescending(arm => gains[arm]?.Value ?? double.NegativeInfinity).ThenBy(arm => arm).ToList();
        return [.. ranked.Select(arm => new RankedTreatment
        {
            Rank = 1 + ranked.FindIndex(other => outcomes[other] == outcomes[arm] && gains[other]?.Value == gains[arm]?.Value),
            VariationIndex = arm,
            VariationKey = basis.Key(arm),
            Outcome = outcomes[arm],
            ShrunkGain = gains[arm]?.Value,
            TiedWith = [.. ranked.Where(other => other != arm && outcomes[other] == outcomes[arm] && AreTied(gains[other], gains[arm]))],
        })];
    }

    private static bool AreTied(ShrunkGain? a, ShrunkGain? b) =>
        a is not { } first || b is not { } second ? a is null && b is null : Math.Abs(first.Value - second.Value) <= Apart * double.Hypot(first.Deviation, second.Deviation);

    /// <summary>The largest shrunk relative gain of a treatment among the primaries, so that their order does not matter.</summary>
    private static ShrunkGain? Gain(DecisionBasis basis, int arm)
    {
        ShrunkGain? best = null;
        foreach (var primary in basis.Primaries)
            if (ShrunkGain.Of(primary.Of(arm), primary.Metric.Direction, basis.PriorPct) is { } gain && !(gain.Value <= best?.Value)) best = gain;
        return best;
    }
}
