using Assay.Analysis.Readouts;

namespace Assay.Server.Dashboard;

/// <summary>
/// The effect that a decision's interval belongs to: the completed units' own where the decision is on them, of planned units or recorded looks theirs, and once a group-sequential test has ended the median-unbiased one.
/// Null while a decision is locked: what completed units show until then is not what it will be made of.
/// </summary>
internal static class DecidedEffect
{
    public static double? Of(ComparisonReadout comparison) => IsOnCompleted(comparison.Decision) ? comparison.Completed.Effect : comparison.Decision.Estimate;

    public static double? Relative(ComparisonReadout comparison) => IsOnCompleted(comparison.Decision) ? comparison.Completed.EffectRelative : comparison.Decision.EstimateRelative;

    private static bool IsOnCompleted(DecisionReadout decision) => decision is { Estimate: null, Validity: Validity.AnyLook or Validity.ReferenceOnly };
}
