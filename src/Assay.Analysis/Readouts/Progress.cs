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
        input.Final || input.Design.Constraints.Analysis != AnalysisMethod.GroupSequential ? SequentialStatus.FixedHorizon
        : exposed == 0 ? SequentialStatus.InsufficientData : SequentialStatus.Active;

    private static SequentialComparison Measure(ReadoutInput input, Hypothesis hypothesis)
    {
        var metric = hypothesis.Completed.Metric.Name;
        var looks = input.Looks.Where(look => string.Equals(look.Metric, metric, StringComparison.Ordinal) && look.TreatmentIndex == hypothesis.Treatment).ToList();
        var boundaries = input.Plan is null || input.Plan.Boundaries.IsDefault ? [] : input.Plan.Boundaries;
        var taken = looks.Count == 0 ? 0 : looks.Max(look => look.Look);
        return new SequentialComparison
        {
            Metric = metric,
            TreatmentIndex = hypothesis.Treatment,
            InformationFraction = Fraction(input, hypothesis.Completed, looks),
            CurrentBoundaryZ = boundaries.FirstOrDefault(boundary => boundary.Look == taken + 1)?.BoundaryZ,
            AlphaSpent = boundaries.FirstOrDefault(boundary => boundary.Look == taken)?.AlphaSpent ?? 0,
        };
    }

    /// <summary>Planned variance of the effect over its current one, never less than at a recorded look.</summary>
    private static double? Fraction(ReadoutInput input, Pair completed, List<LookReadout> looks)
    {
        if (PlannedVariance.Of(completed, input.Sizes) is not { } planned) return null;
        var recorded = looks.Count == 0 ? 0 : looks.Max(look => look.InformationFraction);
        if (!completed.Means.TryGet(out var means)) return recorded;
        var variance = Effect.Absolute(means.Control, means.Treatment).Variance;
        return variance > 0 ? Math.Max(recorded, planned / variance) : null;
    }

    private static double? Least(List<SequentialComparison> comparisons) =>
        comparisons.Count == 0 || comparisons.Exists(comparison => comparison.InformationFraction is null) ? null : comparisons.Min(comparison => comparison.InformationFraction);
}
