namespace Assay.Analysis.Health;

/// <summary>How long no exposure and no event came.</summary>
public sealed record FreshnessEvidence : HealthEvidence
{
    /// <summary>The latest of them; null when none ever came.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Hours from it, or from the start when none ever came, to the last full hour.</summary>
    public required double SilentHours { get; init; }

    /// <summary>Exposures and events a day until then; null when none ever came.</summary>
    public required double? UsualPerDay { get; init; }

    /// <summary>What that pace would have brought in the silence; null when none ever came.</summary>
    public required double? ExpectedSince { get; init; }
}
