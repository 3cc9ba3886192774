using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>Why the verdict is what it is: every finding of every treatment, and where the experiment stands, what weighs most first.</summary>
internal static class Reasons
{
    private static readonly ImmutableArray<string> Weight =
    [
        ReasonCodes.NotStarted, ReasonCodes.HealthProblem, ReasonCodes.GuardrailHarm, ReasonCodes.PrimaryWorse, ReasonCodes.PrimaryBetter, ReasonCodes.GuardrailsSafe, ReasonCodes.Tied,
        ReasonCodes.BelowMinimumEffect, ReasonCodes.GuardrailUnknown, ReasonCodes.BelowWorthwhileEffect, ReasonCodes.Undecided, ReasonCodes.ReferenceOnly, ReasonCodes.Locked, ReasonCodes.TooEarly,
        ReasonCodes.InsufficientData, ReasonCodes.NothingToCompare, ReasonCodes.FinalData, ReasonCodes.Stopped, ReasonCodes.PlanComplete, ReasonCodes.PlanIncomplete,
    ];

    /// <summary>Where the experiment stands.</summary>
    /// <param name="Status">The verdict's status.</param>
    /// <param name="Arrivals">Its traffic.</param>
    /// <param name="UnitsPerDay">What the forecast counts on.</param>
    /// <param name="ExpectedAt">When an answer is expected.</param>
    internal sealed record Course(VerdictStatus Status, Arrivals Arrivals, double? UnitsPerDay, DateTimeOffset? ExpectedAt);

    public static IReadOnlyList<VerdictReason> Of(DecisionBasis basis, IReadOnlyDictionary<int, ArmFindings> findings, IReadOnlyList<RankedTreatment> ranking, Course course)
    {
        IEnumerable<VerdictReason> reasons = [.. ranking.SelectMany(arm => OfTreatment(basis, arm.VariationIndex, findings[arm.VariationIndex])), .. OfExperiment(basis, findings.Values, ranking, course)];
        return [.. reasons.OrderBy(reason => Weight.IndexOf(reason.Code))];
    }

    private static IEnumerable<VerdictReason> OfTreatment(DecisionBasis basis, int arm, ArmFindings findings)
    {
        for (var i = 0; i < basis.Primaries.Length; i++)
            foreach (var reason in OfPrimary(basis, basis.Primaries[i], arm, findings.Primaries[i])) yield return reason;
        for (var i = 0; i < basis.Guardrails.Count; i++)
        {
            if (findings.Guardrails[i] == GuardrailState.Safe) continue;
            yield return ReasonSentences.Reason(findings.Guardrails[i] == GuardrailState.Harm ? ReasonCodes.GuardrailHarm : ReasonCodes.GuardrailUnknown, Guardrail(basis, basis.Guardrails[i], arm));
        }

        if (basis.Guardrails.Count > 0 && findings.Guardrails.All(state => state == GuardrailState.Safe))
            yield return ReasonSentences.Reason(ReasonCodes.GuardrailsSafe, new SafeGuardrailsParameters { Variation = basis.Key(arm), Metrics = [.. basis.Guardrails.Select(guardrail => guardrail.Name)] });
    }

    private static IEnumerable<VerdictReason> OfPrimary(DecisionBasis basis, PrimaryBlock primary, int arm, PrimaryFinding finding)
    {
        var (decision, direction, design) = (primary.Of(arm).Decision, primary.Metric.Direction, basis.Input.Design);
        if (finding.Standing == Standing.Silent)
        {
            if (decision.Validity != Validity.ReferenceOnly) yield return Silence(basis, primary, arm);
            yield break;
        }

        if (finding.Standing == Standing.Better) yield return ReasonSentences.Reason(ReasonCodes.PrimaryBetter, Effect(basis, primary, arm));
        if (finding.Standing == Standing.Worse) yield return ReasonSentences.Reason(ReasonCodes.PrimaryWorse, Effect(basis, primary, arm));
        if (finding.Standing == Standing.Better && !finding.ReachesMinimum)
            yield return ReasonSentences.Reason(ReasonCodes.BelowMinimumEffect, Threshold(DecisionSides.Least(decision, direction), design.Metrics.MinimumEffectPct));
        if (finding.Standing != Standing.Worse && !finding.IsGoodEnough && finding.IsBelowWorthwhile)
            yield return ReasonSentences.Reason(ReasonCodes.BelowWorthwhileEffect, Threshold(DecisionSides.Largest(decision, direction), basis.WorthwhileEffectPct ?? 0));
        else if (finding.Standing == Standing.Undecided) yield return ReasonSentences.Reason(ReasonCodes.Undecided, Effect(basis, primary, arm));

        ThresholdParameters Threshold(double? bound, double percent) => new() { Variation = basis.Key(arm), Metric = primary.Metric.Name, BoundPct = 100 * bound, ThresholdPct = percent };
    }

    private static IEnumerable<VerdictReason> OfExperiment(DecisionBasis basis, IEnumerable<ArmFindings> findings, IReadOnlyList<RankedTreatment> ranking, Course course)
    {
        var input = basis.Input;
        if (basis.Health.Status == HealthStatus.Problem) yield return ReasonSentences.Reason(ReasonCodes.HealthProblem, new HealthParameters { Codes = [.. basis.Problems.Select(check => check.Code)], Titles = [.. basis.Problems.Select(check => check.Title)] });
        if (course.Status == VerdictStatus.Ship && ranking[0].TiedWith.Count > 0)
            yield return ReasonSentences.Reason(ReasonCodes.Tied, new TieParameters { Variations = [ranking[0].VariationKey, .. ranking[0].TiedWith.Select(basis.Key)] });
        if (input.Method == AnalysisMethod.Bayesian) yield return ReasonSentences.Reason(ReasonCodes.ReferenceOnly, new MethodParameters { Method = input.Method });
        if (ranking.Count == 0) yield return ReasonSentences.Reason(ReasonCodes.NothingToCompare, new NoParameters());
        if (input.Final) yield return ReasonSentences.Reason(ReasonCodes.FinalData, new NoParameters());
        else if (string.Equals(input.Status, "draft", StringComparison.Ordinal)) yield return ReasonSentences.Reason(ReasonCodes.NotStarted, new NoParameters());
        else if (Completion.IsStopped(input)) yield return ReasonSentences.Reason(ReasonCodes.Stopped, new StoppedParameters { WindowsOpenUntil = Populations.Time(course.Arrivals.LastMaturity) });
        if (Completion.Farthest(basis) is not { } progress) yield break;
        yield return ReasonSentences.Reason(
            progress.Completed >= progress.Planned || (!Completion.IsStopped(input) && findings.All(arm => arm.IsComplete)) ? ReasonCodes.PlanComplete : ReasonCodes.PlanIncomplete,
            new ProgressParameters { Completed = progress.Completed, Planned = progress.Planned, UnitsPerDay = Completion.IsStopped(input) ? null : course.UnitsPerDay, ExpectedAnswerAt = course.ExpectedAt });
    }

    private static VerdictReason Silence(DecisionBasis basis, PrimaryBlock primary, int arm)
    {
        var (comparison, variation) = (primary.Of(arm), basis.Key(arm));
        return comparison.Decision.Status switch
        {
            InferenceStatus.TooEarly => ReasonSentences.Reason(ReasonCodes.TooEarly, new ApproximationParameters
            {
                Variation = variation,
                Metric = primary.Metric.Name,
                Completed = Math.Min(comparison.Completed.Control.ExposedUsers, comparison.Completed.Treatment.ExposedUsers),
                UnitsNeeded = comparison.Decision.UnitsNeeded,
            }),
            var status => ReasonSentences.Reason(status == InferenceStatus.Locked ? ReasonCodes.Locked : ReasonCodes.InsufficientData, new MetricParameters { Variation = variation, Metric = primary.Metric.Name }),
        };
    }

    private static EffectParameters Effect(DecisionBasis basis, PrimaryBlock primary, int arm)
    {
        var decision = primary.Of(arm).Decision;
        return new EffectParameters
        {
            Variation = basis.Key(arm),
            Metric = primary.Metric.Name,
            Effect = decision.Estimate,
            CiLower = decision.CiLower,
            CiUpper = decision.CiUpper,
            EffectRelative = decision.EstimateRelative,
            CiRelativeLower = decision.CiRelativeLower,
            CiRelativeUpper = decision.CiRelativeUpper,
            Level = decision.Level,
        };
    }

    private static GuardrailParameters Guardrail(DecisionBasis basis, GuardrailReadout guardrail, int arm)
    {
        var member = guardrail.NonInferiority.Single(each => each.TreatmentIndex == arm);
        return new GuardrailParameters
        {
            Variation = basis.Key(arm),
            Metric = guardrail.Name,
            MarginPct = guardrail.MarginPct,
            HarmCiLower = member.HarmCiLower,
            HarmCiUpper = member.HarmCiUpper,
            HarmLevel = Evidence.HarmLevel(basis.Input.Design),
        };
    }
}
