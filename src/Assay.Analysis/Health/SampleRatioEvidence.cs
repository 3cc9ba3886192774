using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Health;

/// <summary>Counts of units against the split, by stage, day and segment.</summary>
public sealed record SampleRatioEvidence : HealthEvidence
{
    /// <summary>The p-value at which counts no longer fit the split.</summary>
    public required double Level { get; init; }

    /// <summary>The share of each arm by the split.</summary>
    public required IReadOnlyList<double> ExpectedShares { get; init; }

    /// <summary>From receipt to completion.</summary>
    public required IReadOnlyList<SampleRatioStage> Stages { get; init; }

    /// <summary>The first stage that shows the mismatch of the exposed or the completed units; null when there is none, or receipts were not counted.</summary>
    public required HealthStage? StartsAt { get; init; }

    /// <summary>Days that were tested.</summary>
    public required int DaysJudged { get; init; }

    /// <summary>Values of segments that were tested.</summary>
    public required int SegmentValuesJudged { get; init; }

    /// <summary>Days and values of segments that do not fit the split, or are near to it, the farthest first; at most ten.</summary>
    public required IReadOnlyList<SampleRatioSlice> Slices { get; init; }
}

/// <summary>Where on its way a unit is counted.</summary>
[JsonConverter(typeof(SnakeCaseEnum<HealthStage>))]
public enum HealthStage
{
    /// <summary>Exposures as they arrived, repeated and refused ones included: items, of which a unit may send many.</summary>
    Received,

    /// <summary>Units exposed to an arm.</summary>
    Exposed,

    /// <summary>Units whose window has closed.</summary>
    Completed,
}

/// <summary>One stage's counts.</summary>
public sealed record SampleRatioStage
{
    /// <summary>The stage.</summary>
    public required HealthStage Stage { get; init; }

    /// <summary>Counts by arm.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Current p-value of the sequential test; null for items, which are not independent, and before the first unit.</summary>
    public required double? SequentialPValue { get; init; }
}

/// <summary>The exposed units of one day, or of one value of a segment.</summary>
public sealed record SampleRatioSlice
{
    /// <summary>UTC day of first exposure, told by its end: 24 hours that end a window and an hour before midnight. Null for a segment.</summary>
    public required DateOnly? Day { get; init; }

    /// <summary>The segment's attribute; null for a day.</summary>
    public required string? Attribute { get; init; }

    /// <summary>The segment's value; null for a day.</summary>
    public required string? Value { get; init; }

    /// <summary>Units by arm.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Current p-value of the sequential test, adjusted for all days and values by weighted e-BH.</summary>
    public required double PValueAdjusted { get; init; }
}
