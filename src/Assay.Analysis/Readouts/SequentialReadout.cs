namespace Assay.Analysis.Readouts;

/// <summary>Progress to plan and recorded looks of the primary metric.</summary>
public sealed record SequentialReadout
{
    /// <summary>How looks are taken.</summary>
    public required SequentialStatus Status { get; init; }

    /// <summary>Planned looks.</summary>
    public required int NLooks { get; init; }

    /// <summary>Units an arm of the plain fixed-horizon test; null without a plan.</summary>
    public required long? PlannedSampleSizePerVariant { get; init; }

    /// <summary>Units of each arm for the declared analysis, split and correction; null without a plan.</summary>
    public required IReadOnlyList<long>? PlannedSampleSizes { get; init; }

    /// <summary>Units exposed to an arm.</summary>
    public required long TotalExposed { get; init; }

    /// <summary>Information on matured units (1 ÷ se²) over its planned value: the least of the treatments'. Null without a plan.</summary>
    public required double? InformationFraction { get; init; }

    /// <summary>|z| that crosses at the next look; null without planned looks, after a crossing and after the last look.</summary>
    public required double? CurrentBoundaryZ { get; init; }

    /// <summary>Error rate spent by recorded looks.</summary>
    public required double AlphaSpent { get; init; }

    /// <summary>The same by metric and treatment.</summary>
    public required IReadOnlyList<SequentialComparison> Comparisons { get; init; }

    /// <summary>Recorded looks, by number. A stored look never changes.</summary>
    public required IReadOnlyList<LookReadout> Looks { get; init; }
}

/// <summary>Progress of one hypothesis.</summary>
public sealed record SequentialComparison
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Index of the treatment.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>Information on matured units over its planned value; null without a plan.</summary>
    public required double? InformationFraction { get; init; }

    /// <summary>|z| that crosses at the next look; null without planned looks, after a crossing and after the last look.</summary>
    public required double? CurrentBoundaryZ { get; init; }

    /// <summary>Error rate spent by recorded looks.</summary>
    public required double AlphaSpent { get; init; }
}

/// <summary>A look that was taken and recorded.</summary>
public sealed record LookReadout
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Index of the treatment.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>1-based number of the planned look.</summary>
    public required int Look { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Commit number of the data it was taken on.</summary>
    public required long Watermark { get; init; }

    /// <summary>Information fraction when taken.</summary>
    public required double InformationFraction { get; init; }

    /// <summary>z when taken; of the means of a fixed test Welch's t.</summary>
    public required double Z { get; init; }

    /// <summary>|z| that crosses: of a fixed test at its even share of α.</summary>
    public required double BoundaryZ { get; init; }

    /// <summary>Whether it crossed.</summary>
    public required bool Crossed { get; init; }

    /// <summary>The control's completed units when it was taken; null where only z was kept.</summary>
    public LookArm? Control { get; init; }

    /// <summary>The treatment's completed units when it was taken; null where only z was kept.</summary>
    public LookArm? Treatment { get; init; }
}

/// <summary>The completed units of an arm at a look.</summary>
/// <param name="Units">Units.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardError">Standard error of that mean.</param>
/// <param name="SquaredDeviations">Their summed squared deviations from it, at the look of a fixed test, which is read of nothing else; null at looks of a group-sequential design.</param>
public sealed record LookArm(long Units, double Mean, double StandardError, double? SquaredDeviations = null);
