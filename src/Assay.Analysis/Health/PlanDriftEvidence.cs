namespace Assay.Analysis.Health;

/// <summary>What the plan took for granted beside what was measured.</summary>
public sealed record PlanDriftEvidence : HealthEvidence
{
    /// <summary>How far the ratio of measured to planned may be from 1.</summary>
    public required double Limit { get; init; }

    /// <summary>Every metric whose plan names a number and that has enough units.</summary>
    public required IReadOnlyList<PlanDrift> Metrics { get; init; }
}

/// <summary>One number of the plan.</summary>
public sealed record PlanDrift
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Planned.</summary>
    public required double Planned { get; init; }

    /// <summary>Measured on completed units of the control.</summary>
    public required double Measured { get; init; }

    /// <summary>Measured ÷ planned.</summary>
    public required double? Ratio { get; init; }

    /// <summary>Whether it is farther from the plan than the limit and chance allow.</summary>
    public required bool IsFar { get; init; }
}
