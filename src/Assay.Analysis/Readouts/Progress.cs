using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>How far the primaries have come on the way to their planned information.</summary>
internal static class Progress
{
    public static SequentialReadout Measure(ReadoutInput input, long exposed, IReadOnlyList<Hypothesis> family)
    {
        var comparisons = family.Select(hypothesis => Measure(input, hypothesis)).ToList();
        var primary = comparisons.Where(comparison => string.Equals(comparison.Metric, input.Design.Metrics.Primary.Name, StringComparison.Ordinal)).ToList();
        return new SequentialReadout
        {
            Status = Status(input, exposed),
            NLooks = input.Design.Constraints.NLooks,
            PlannedSampleSizePerVariant = input.Final ? null : input.Plan?.PlannedSampleSizePerVariant,
            PlannedSampleSizes = input.Sizes.Length == 0 ? null : input.Sizes,
            TotalExposed = exposed,
            InformationFraction = Least(primary),
            CurrentBoundaryZ = primary.Count == 0 ? null : primary[0].CurrentBoundaryZ,
            AlphaSpent = primary.Count == 0 ? 0 : primary.Max(comparison => comparison.AlphaSpent),
            Comparisons = comparisons,
            Looks = input.Looks,
        };
    }

    private static SequentialStatus Status(ReadoutInput input, long exposed) =>
        input.Method != AnalysisMethod.GroupSequential ? SequentialStatus.FixedHorizon
        : exposed == 0 ? SequentialStatus.InsufficientData : SequentialStatus.Active;

    private static SequentialComparison Measure(ReadoutInput input, Hypothesis hypothesis)
    {
        var looks = LookInference.Recorded(input, hypothesis.Completed.Metric, hypothesis.Treatment);
        var isSequential = input.Method == AnalysisMethod.GroupSequential;
        return new SequentialComparison
        {
            Metric = hypothesis.Completed.Metric.Name,
            TreatmentIndex = hypothesis.Treatment,
            InformationFraction = Fraction(input, hypothesis.Completed, looks),
            CurrentBoundaryZ = isSequential ? NextBoundary(input, looks, hypothesis.Level) : null,
            AlphaSpent = isSequential && looks.Length > 0 ? 2 * Spendings.Of(input.Design.Constraints.Spending).Spent(looks[^1].InformationFraction, hypothesis.Level / 2) : 0,
        };
    }

    /// <summary>The bound at the next planned fraction, given the fractions at which looks were in fact taken; null after a crossing and after the last.</summary>
    private static double? NextBoundary(ReadoutInput input, ImmutableArray<LookReadout> looks, double level)
    {
        var planned = input.Plan is null || input.Plan.Boundaries.IsDefault ? [] : input.Plan.Boundaries;
        var last = looks.LastOrDefault();
        if (looks.Any(look => look.Crossed)) return null;
        var next = planned.FirstOrDefault(boundary => last is null || (boundary.Look > last.Look && boundary.InformationFraction > last.InformationFraction));
        if (next is null || last is null) return Number.Finite(next?.BoundaryZ);
        var bounds = GroupSequential.Spending(Spendings.Of(input.Design.Constraints.Spending), [.. looks.Select(look => look.InformationFraction), next.InformationFraction], level);
        return Number.Finite(bounds.Z[^1]);
    }

    /// <summary>Planned variance of the effect over its current one, never less than at a recorded look.</summary>
    private static double? Fraction(ReadoutInput input, Pair completed, ImmutableArray<LookReadout> looks)
    {
        if (PlannedVariance.Of(completed, input.Sizes) is not { } planned) return null;
        var recorded = looks.Length == 0 ? 0 : looks[^1].InformationFraction;
        if (!completed.Means.TryGet(out var means)) return recorded;
        var variance = Effect.Absolute(means.Control, means.Treatment).Variance;
        return variance > 0 ? Number.Finite(Math.Max(recorded, planned / variance)) : null;
    }

    private static double? Least(List<SequentialComparison> comparisons) =>
        comparisons.Count == 0 || comparisons.Exists(comparison => comparison.InformationFraction is null) ? null : comparisons.Min(comparison => comparison.InformationFraction);
}
