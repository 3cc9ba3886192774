using Assay.Analysis.Readouts;

namespace Assay.Server.Dashboard;

/// <summary>The effect that a decision's interval belongs to: the completed units' own, of planned units or recorded looks theirs, and once a group-sequential test has ended the median-unbiased one.</summary>
internal static class DecidedEffect
{
    public static double? Of(ComparisonReadout comparison) => comparison.Decision.Estimate ?? comparison.Completed.Effect;

    public static double? Relative(ComparisonReadout comparison) => comparison.Decision.Estimate is null ? comparison.Completed.EffectRelative : comparison.Decision.EstimateRelative;
}
