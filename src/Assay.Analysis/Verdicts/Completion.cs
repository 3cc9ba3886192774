using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>Whether the plan has nothing more to tell of a treatment.</summary>
internal static class Completion
{
    /// <summary>
    /// A data file is complete, and so is a stopped experiment whose windows have all closed. Otherwise every primary must have ended by its method (planned units with closed windows in both arms; the
    /// planned size of a fixed test; a crossing or the last look), and every guardrail must have answered or have its planned units.
    /// </summary>
    public static bool Of(DecisionBasis basis, Arrivals arrivals, int treatment)
    {
        if (basis.Input.Final || (IsStopped(basis.Input) && arrivals.LastMaturity is null)) return true;
        return basis.Primaries.All(primary => HasEnded(basis, primary, treatment)) && basis.Guardrails.All(guardrail => HasAnswered(basis, guardrail, treatment));
    }

    /// <summary>Whether no unit is exposed any more.</summary>
    public static bool IsStopped(ReadoutInput input) => input.Status is "stopped" or "archived";

    /// <summary>The arm and metric farthest behind the plan; null without one.</summary>
    public static (long Completed, long Planned)? Farthest(DecisionBasis basis)
    {
        var sizes = basis.Input.Sizes;
        if (sizes.Length == 0) return null;
        var comparisons = basis.Treatments.SelectMany(treatment => basis.Primaries.Select(primary => primary.Of(treatment)).Concat(basis.Guardrails.Select(guardrail => DecisionSides.Of(guardrail.Comparisons, treatment))));
        var arms = comparisons.SelectMany(comparison => (ArmReadout[])[comparison.Completed.Control, comparison.Completed.Treatment]);
        return arms.Where(arm => sizes[arm.VariationIndex] > 0).Select(arm => ((long Completed, long Planned)?)(arm.ExposedUsers, sizes[arm.VariationIndex]))
            .MinBy(arm => arm!.Value.Completed / (double)arm.Value.Planned);
    }

    private static bool HasEnded(DecisionBasis basis, PrimaryBlock primary, int treatment) => basis.Input.Method switch
    {
        AnalysisMethod.FixedHorizon => primary.Of(treatment).Decision.Status != InferenceStatus.Locked,
        AnalysisMethod.GroupSequential => basis.Input.Looks.Any(look =>
            look.TreatmentIndex == treatment && string.Equals(look.Metric, primary.Metric.Name, StringComparison.Ordinal) && (look.Crossed || look.Look >= basis.Input.Design.Constraints.NLooks)),
        _ => HasPlannedUnits(basis, primary.Of(treatment)),
    };

    private static bool HasAnswered(DecisionBasis basis, GuardrailReadout guardrail, int treatment) =>
        guardrail.NonInferiority.Single(member => member.TreatmentIndex == treatment).State != GuardrailState.Unknown
        || HasPlannedUnits(basis, DecisionSides.Of(guardrail.Comparisons, treatment));

    private static bool HasPlannedUnits(DecisionBasis basis, ComparisonReadout comparison)
    {
        var (sizes, completed) = (basis.Input.Sizes, comparison.Completed);
        return sizes.Length > 0 && completed.Control.ExposedUsers >= sizes[completed.Control.VariationIndex] && completed.Treatment.ExposedUsers >= sizes[completed.Treatment.VariationIndex];
    }
}
