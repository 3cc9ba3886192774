using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>The numbers of a verdict, copied from the blocks it was read off: they are evidence, whatever the blocks say later.</summary>
internal static class Evidence
{
    public static VerdictEvidence Of(DecisionBasis basis, IReadOnlyDictionary<int, ArmFindings> findings, IReadOnlyDictionary<int, VerdictStatus> outcomes)
    {
        var design = basis.Input.Design;
        return new VerdictEvidence
        {
            Alpha = design.Metrics.Alpha,
            Hypotheses = basis.Primaries.Length * findings.Count,
            GuardrailLevel = design.Metrics.Alpha,
            HarmLevel = HarmLevel(design),
            MinimumEffectPct = design.Metrics.MinimumEffectPct,
            FutilityEffectPct = basis.Input.Final ? null : design.FutilityEffectPct,
            Treatments = [.. basis.Treatments.Select(arm => new TreatmentEvidence
            {
                VariationIndex = arm,
                VariationKey = basis.Key(arm),
                Outcome = outcomes[arm],
                IsComplete = findings[arm].IsComplete,
                Primaries = [.. basis.Primaries.Select(primary => Primary(primary, arm))],
                Guardrails = [.. basis.Guardrails.Select(guardrail => Guardrail(guardrail, arm))],
            })],
        };
    }

    /// <summary>α ÷ (guardrails + 1): the level of the readout's harm intervals.</summary>
    public static double HarmLevel(Design design) => design.Metrics.Alpha / (design.Metrics.Guardrails.Length + 1);

    private static PrimaryEvidence Primary(PrimaryBlock primary, int arm)
    {
        var decision = primary.Of(arm).Decision;
        return new PrimaryEvidence
        {
            Metric = primary.Metric.Name,
            Direction = primary.Metric.Direction,
            Status = decision.Status,
            Effect = decision.Estimate,
            EffectRelative = decision.EstimateRelative,
            CiLower = decision.CiLower,
            CiUpper = decision.CiUpper,
            CiRelativeLower = decision.CiRelativeLower,
            CiRelativeUpper = decision.CiRelativeUpper,
            PValue = decision.PValue,
            PValueAdjusted = decision.PValueAdjusted,
            Level = decision.Level,
        };
    }

    private static GuardrailEvidence Guardrail(GuardrailReadout guardrail, int arm)
    {
        var member = guardrail.NonInferiority.Single(each => each.TreatmentIndex == arm);
        return new GuardrailEvidence
        {
            Metric = guardrail.Name,
            State = member.State,
            MarginPct = guardrail.MarginPct,
            SlackLower = member.SlackLower,
            HarmCiLower = member.HarmCiLower,
            HarmCiUpper = member.HarmCiUpper,
        };
    }
}
