using Assay.Analysis.Wording;

namespace Assay.Analysis.Verdicts;

/// <summary>The verdict in a sentence or two, from its status and reasons.</summary>
internal static class VerdictSentences
{
    private static readonly Texts Text = Texts.Of(typeof(VerdictSentences));

    public static string Of(DecisionBasis basis, VerdictStatus status, RankedTreatment? recommended, IReadOnlyList<VerdictReason> reasons, DateTimeOffset? expected)
    {
        var harmed = Harmed(reasons);
        var harm = harmed.Count == 0 ? null : Text.Plural("Harm", harmed.Count, Lists.Joined(harmed));
        return status switch
        {
            VerdictStatus.Ship => Lists.Told(Text.Format(basis.Guardrails.Count > 0 ? "Ship.guarded" : "Ship.plain", recommended!.VariationKey, Lists.Joined(Better(reasons, recommended.VariationKey))), harm),
            VerdictStatus.StopHarm => Text.Plural(harmed.Count < basis.Treatments.Count() ? "StopHarm.rest" : "StopHarm.all", harmed.Count, Lists.Joined(harmed)),
            VerdictStatus.NoWorthwhileEffect => Text.Format("NoWorthwhileEffect", ReasonSentences.Plain(basis.Input.Design.WorthwhileEffectPct)),
            VerdictStatus.Inconclusive => Lists.Told(Unsafe(reasons, harmed) ?? Text.Get("Inconclusive"), harm),
            VerdictStatus.Investigate => Text.Format("Investigate", Lists.Listed(basis.Problems.Select(check => check.Title))),
            _ when reasons.Any(reason => reason.Code is ReasonCodes.NotStarted) => Text.Get("NotStarted"),
            _ when Completion.IsStopped(basis.Input) => Lists.Told(expected is { } closed ? Text.Format("KeepRunning.stopped", ReasonSentences.Moment(closed)) : Text.Get("KeepRunning.stopped_open"), harm),
            _ => Lists.Told(expected is { } at ? Text.Format("KeepRunning.until", ReasonSentences.Day(at)) : Text.Get("KeepRunning.open"), harm),
        };
    }

    private static List<string> Harmed(IReadOnlyList<VerdictReason> reasons) => [.. reasons.Select(reason => (reason.Code, reason.Parameters) switch
    {
        (ReasonCodes.GuardrailHarm, GuardrailParameters guardrail) => guardrail.Variation,
        (ReasonCodes.PrimaryWorse, EffectParameters effect) => effect.Variation,
        _ => null,
    }).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The best treatment that its guardrails keep from being shipped: a finding, and no lack of one.</summary>
    private static string? Unsafe(IReadOnlyList<VerdictReason> reasons, List<string> harmed)
    {
        var unknown = reasons.Where(reason => reason.Code is ReasonCodes.GuardrailUnknown).Select(reason => (GuardrailParameters)reason.Parameters).ToLookup(guardrail => guardrail.Variation, guardrail => guardrail.Metric, StringComparer.Ordinal);
        var small = reasons.Where(reason => reason.Code is ReasonCodes.BelowMinimumEffect).Select(reason => (ThresholdParameters)reason.Parameters).Select(threshold => (threshold.Variation, threshold.Metric)).ToHashSet();

        // Reasons of one code are in the order of the ranking.
        var good = reasons.Where(reason => reason.Code is ReasonCodes.PrimaryBetter).Select(reason => (EffectParameters)reason.Parameters).Select(effect => (effect.Variation, effect.Metric))
            .Where(gain => !small.Contains(gain) && unknown.Contains(gain.Variation) && !harmed.Contains(gain.Variation, StringComparer.Ordinal)).ToLookup(gain => gain.Variation, gain => gain.Metric, StringComparer.Ordinal);
        if (good.FirstOrDefault() is not { Key: var best } gains) return null;
        string[] guardrails = [.. unknown[best]];
        return Text.Plural("Inconclusive.unsafe", guardrails.Length, best, Lists.Joined(gains), Lists.Joined(guardrails));
    }

    private static IEnumerable<string> Better(IReadOnlyList<VerdictReason> reasons, string variation) =>
        reasons.Where(reason => reason.Code is ReasonCodes.PrimaryBetter).Select(reason => (EffectParameters)reason.Parameters).Where(effect => string.Equals(effect.Variation, variation, StringComparison.Ordinal)).Select(effect => effect.Metric);
}
