namespace Assay.Analysis.Health;

/// <summary>Metrics, or arms of them, in which no event came.</summary>
public sealed record SilentMetricsEvidence : HealthEvidence
{
    /// <summary>Expected units with an event above which none is no chance.</summary>
    public required double ExpectedLimit { get; init; }

    /// <summary>Metrics that were looked at.</summary>
    public required int MetricsJudged { get; init; }

    /// <summary>Those without an event.</summary>
    public required IReadOnlyList<SilentMetric> Metrics { get; init; }
}

/// <summary>A metric without an event.</summary>
public sealed record SilentMetric
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>The event it waits for.</summary>
    public required string Event { get; init; }

    /// <summary>The arm without an event; null when none has any.</summary>
    public required int? VariationIndex { get; init; }

    /// <summary>Units whose window has closed.</summary>
    public required long Units { get; init; }

    /// <summary>Units with an event expected among them: by the plan's baseline, or by the other arms; null without either.</summary>
    public required double? Expected { get; init; }
}
