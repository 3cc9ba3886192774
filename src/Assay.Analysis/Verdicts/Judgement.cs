using Assay.Analysis.Health;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>Draws the verdict: what the policy asks is read off the blocks, <see cref="DecisionRule"/> decides, and the reasons are told by value.</summary>
internal static class Judgement
{
    public static VerdictReadout Of(DecisionBasis basis, Arrivals arrivals, Forecast forecast)
    {
        var findings = basis.Treatments.ToDictionary(arm => arm, arm => Find(basis, arrivals, arm));
        var isProblem = basis.Health.Status == HealthStatus.Problem;
        var outcomes = findings.ToDictionary(arm => arm.Key, arm => isProblem ? VerdictStatus.Investigate : DecisionRule.Of(arm.Value));
        var status = findings.Count == 0 && !isProblem && !basis.Input.Final ? VerdictStatus.KeepRunning : DecisionRule.Of(outcomes.Values, basis.Health.Status);
        var ranking = Ranking.Of(basis, outcomes);
        var recommended = status == VerdictStatus.Ship ? ranking[0] : null;
        var expected = status == VerdictStatus.KeepRunning ? ExpectedAt(basis, arrivals, forecast) : null;
        var reasons = Reasons.Of(basis, findings, ranking, new Reasons.Course(status, arrivals, forecast.UnitsPerDay, expected));
        return new VerdictReadout
        {
            Status = status,
            RecommendedIndex = recommended?.VariationIndex,
            RecommendedVariation = recommended?.VariationKey,
            Sentence = VerdictSentences.Of(basis, status, recommended, reasons, expected),
            Reasons = reasons,
            Evidence = Evidence.Of(basis, findings, outcomes),
            Ranking = ranking,
            ExpectedAnswerAt = expected,
        };
    }

    private static ArmFindings Find(DecisionBasis basis, Arrivals arrivals, int arm) => new(
        [.. basis.Primaries.Select(primary => DecisionSides.Find(primary.Of(arm).Decision, primary.Metric.Direction, basis.Input.Design.Metrics.MinimumEffectPct, basis.WorthwhileEffectPct))],
        [.. basis.Guardrails.Select(guardrail => guardrail.NonInferiority.Single(member => member.TreatmentIndex == arm).State)],
        Completion.Of(basis, arrivals, arm));

    private static DateTimeOffset? ExpectedAt(DecisionBasis basis, Arrivals arrivals, Forecast forecast) =>
        Completion.IsStopped(basis.Input) ? Populations.Time(arrivals.LastMaturity) : forecast.AnswerAt(basis.Input.Method, basis.Input.AsOf);
}
