using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Designs;

/// <summary>Whether a plan expects too few conversions for a sequence that leans on the normal approximation. The answer follows from the frozen design and plan and is thus the same for the whole run.</summary>
internal static class RareConversions
{
    /// <summary>Whether a pair of arms is decided by the exact sequence: a binary metric, other than a guardrail, that declares a baseline and of which an arm expects fewer than 100 conversions, or units without one.</summary>
    /// <param name="design">The design.</param>
    /// <param name="metric">One of its metrics.</param>
    /// <param name="sizes">Planned units of each arm; empty without a plan.</param>
    /// <param name="control">The arm compared against.</param>
    /// <param name="treatment">The arm compared.</param>
    public static bool Expects(Design design, Metric metric, ImmutableArray<long> sizes, int control, int treatment) =>
        metric is { Type: MetricType.Binary, BaselineValue: > 0 and < 1 }
        && !design.Metrics.Guardrails.Contains(metric)
        && sizes.Length > 0 && sizes[control] > 0 && sizes[treatment] > 0
        && (IsRare(sizes[control], Scarcer(design.Metrics, metric, !IsTreated(control))) || IsRare(sizes[treatment], Scarcer(design.Metrics, metric, !IsTreated(treatment))));

    /// <summary>Whether an arm of so many units expects fewer than 100 of an outcome of this share.</summary>
    public static bool IsRare(long size, double share) => size * share < AlwaysValid.MinimumEffectiveCount;

    /// <summary>The least share of either outcome that the plan expects: under the baseline, and in a treatment of the primary under the effect it is sized for.</summary>
    public static double Scarcer(MetricSet metrics, Metric metric, bool isControl)
    {
        var baseline = metric.BaselineValue!.Value;
        var least = Math.Min(baseline, 1 - baseline);
        if (isControl || metric != metrics.Primary) return least;
        var alternative = baseline + Pricing.Difference(metrics);
        return Math.Min(least, Math.Min(alternative, 1 - alternative));
    }

    private static bool IsTreated(int arm) => arm > 0;
}
