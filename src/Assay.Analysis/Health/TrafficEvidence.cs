namespace Assay.Analysis.Health;

/// <summary>Units a day beside the plan.</summary>
public sealed record TrafficEvidence : HealthEvidence
{
    /// <summary>Units a day that were planned to reach an arm.</summary>
    public required double PlannedPerDay { get; init; }

    /// <summary>Units a day that were exposed.</summary>
    public required double MeasuredPerDay { get; init; }

    /// <summary>Measured ÷ planned.</summary>
    public required double Ratio { get; init; }

    /// <summary>The ratio below which the check tells.</summary>
    public required double Limit { get; init; }

    /// <summary>Days since the start.</summary>
    public required double Days { get; init; }
}

/// <summary>How long the experiment runs beside the plan.</summary>
public sealed record DurationEvidence : HealthEvidence
{
    /// <summary>Days since the start.</summary>
    public required double Days { get; init; }

    /// <summary>Planned days.</summary>
    public required int PlannedDays { get; init; }

    /// <summary>Completed units of the primary metric.</summary>
    public required long Completed { get; init; }

    /// <summary>Planned units.</summary>
    public required long PlannedUnits { get; init; }
}
