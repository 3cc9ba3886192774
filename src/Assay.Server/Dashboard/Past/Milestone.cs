namespace Assay.Server.Dashboard.Past;

/// <summary>A moment of an experiment that a chart over time marks.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What happened.</param>
internal sealed record Milestone(DateTimeOffset At, MilestoneKind Kind)
{
    /// <summary>The iteration that an amendment began.</summary>
    public int? Iteration { get; init; }

    /// <summary>The metric that it is about; null for the whole experiment.</summary>
    public string? Metric { get; init; }

    /// <summary>The treatment that it is about.</summary>
    public int? Treatment { get; init; }

    /// <summary>Number of a look.</summary>
    public int? Look { get; init; }

    /// <summary>Whether a look crossed its bound.</summary>
    public bool Crossed { get; init; }

    /// <summary>Whether a chart of one treatment on one metric has it.</summary>
    public bool IsOf(string metric, int treatment) => Metric is null || (string.Equals(Metric, metric, StringComparison.Ordinal) && Treatment == treatment);
}

internal enum MilestoneKind
{
    Started,
    Paused,
    Resumed,
    Amended,
    Stopped,
    Crossed,
    Look,
}
