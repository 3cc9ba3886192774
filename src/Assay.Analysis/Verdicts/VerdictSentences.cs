namespace Assay.Analysis.Verdicts;

/// <summary>The verdict in a sentence or two, from its status and reasons.</summary>
internal static class VerdictSentences
{
    public static string Of(DecisionBasis basis, VerdictStatus status, RankedTreatment? recommended, IReadOnlyList<VerdictReason> reasons, DateTimeOffset? expected)
    {
        var harmed = Harmed(reasons);
        var harm = harmed.Count == 0 ? "" : $" {Say(harmed, "does", "do")} harm: stop {(harmed.Count == 1 ? "it" : "them")}.";
        return status switch
        {
            VerdictStatus.Ship => $"Ship {recommended!.VariationKey}: it is better on {string.Join(" and ", Better(reasons, recommended.VariationKey))}{(basis.Guardrails.Count > 0 ? ", and every guardrail is safe" : "")}.{harm}",
            VerdictStatus.StopHarm => $"Stop: {Say(harmed, "does", "do")} harm{(harmed.Count < basis.Treatments.Count() ? ", and no other treatment is worth the wait" : "")}.",
            VerdictStatus.NoWorthwhileEffect => $"Stop: a gain of {ReasonSentences.Plain(basis.Input.Design.WorthwhileEffectPct)} % or more is excluded.",
            VerdictStatus.Inconclusive => $"Nothing is decided, and there is nothing more to wait for: keep the control, or plan a larger experiment.{harm}",
            VerdictStatus.Investigate => $"Investigate before anything else: {string.Join(", ", basis.Problems.Select(check => check.Title))}.",
            _ when reasons.Any(reason => reason.Code is ReasonCodes.NotStarted) => "Not started yet.",
            _ => $"Keep running: {(expected is { } at ? $"an answer is expected by {ReasonSentences.Day(at)}" : "nothing is decided yet, and without traffic no date can be told")}.{harm}",
        };
    }

    private static List<string> Harmed(IReadOnlyList<VerdictReason> reasons) => [.. reasons.Select(reason => (reason.Code, reason.Parameters) switch
    {
        (ReasonCodes.GuardrailHarm, GuardrailParameters guardrail) => guardrail.Variation,
        (ReasonCodes.PrimaryWorse, EffectParameters effect) => effect.Variation,
        _ => null,
    }).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Better(IReadOnlyList<VerdictReason> reasons, string variation) =>
        reasons.Where(reason => reason.Code is ReasonCodes.PrimaryBetter).Select(reason => (EffectParameters)reason.Parameters).Where(effect => string.Equals(effect.Variation, variation, StringComparison.Ordinal)).Select(effect => effect.Metric);

    private static string Say(List<string> names, string one, string many) => $"{string.Join(" and ", names)} {(names.Count == 1 ? one : many)}";
}
