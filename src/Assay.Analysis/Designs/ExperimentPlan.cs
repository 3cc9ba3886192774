using System.Collections.Immutable;

namespace Assay.Analysis.Designs;

/// <summary>The price of a design, and the constants that its analysis is frozen with at start.</summary>
public record ExperimentPlan
{
    /// <summary>Units an arm of the plain fixed-horizon test at equal split and uncorrected α, rounded up; null when the design has no solution.</summary>
    public required long? PlannedSampleSizePerVariant { get; init; }

    /// <summary>Units of each arm for the declared analysis, split and correction; progress and information fractions use these.</summary>
    public required ImmutableArray<long> PlannedSampleSizes { get; init; }

    /// <summary>Whole days until the planned sizes are exposed, or null without expected traffic.</summary>
    public required int? DurationDays { get; init; }

    /// <summary>Group-sequential boundaries at equally spaced looks, at α over primaries × treatments; empty for the other methods. A look taken at another fraction has the bound of that fraction.</summary>
    public required ImmutableArray<PlannedBoundary> Boundaries { get; init; }

    /// <summary>The primaries whose effect is followed by days since first exposure, fixed at start; empty for windows under two days, and of experiments that were started before ages were kept.</summary>
    public ImmutableArray<AgePlan> Ages { get; init; } = [];
}

/// <summary>A planned look and the |z| that crosses there.</summary>
public sealed record PlannedBoundary(int Look, double InformationFraction, double BoundaryZ, double AlphaSpent);
