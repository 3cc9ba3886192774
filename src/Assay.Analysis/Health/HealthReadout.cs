using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Health;

/// <summary>Whether the data of an experiment can be trusted: one list of checks, always the same ones in the same order.</summary>
public sealed record HealthReadout
{
    /// <summary>The worst of the checks that could be made.</summary>
    public required HealthStatus Status { get; init; }

    /// <summary>Every check, one a code, in the order of <see cref="HealthCode"/>.</summary>
    public required IReadOnlyList<HealthCheck> Checks { get; init; }
}

/// <summary>One thing that can be wrong with an experiment's data, and whether it is.</summary>
public sealed record HealthCheck
{
    /// <summary>What is checked.</summary>
    public required HealthCode Code { get; init; }

    /// <summary>What was found.</summary>
    public required HealthCheckStatus Status { get; init; }

    /// <summary>The check's name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, in a sentence or two.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do about it; null when there is nothing to do.</summary>
    public required string? Action { get; init; }

    /// <summary>The numbers behind it; null where nothing could be counted.</summary>
    public required HealthEvidence? Evidence { get; init; }
}

/// <summary>The worst that the checks of an experiment found.</summary>
[JsonConverter(typeof(SnakeCaseEnum<HealthStatus>))]
public enum HealthStatus
{
    /// <summary>No check found anything.</summary>
    Ok,

    /// <summary>Something to look at; comparisons may be trusted.</summary>
    Watch,

    /// <summary>Do not decide before the cause is known.</summary>
    Problem,
}

/// <summary>What a check found.</summary>
[JsonConverter(typeof(SnakeCaseEnum<HealthCheckStatus>))]
public enum HealthCheckStatus
{
    /// <summary>The experiment has nothing that the check is about.</summary>
    NotApplicable,

    /// <summary>Too little is there to say.</summary>
    Unknown,

    /// <summary>Nothing found.</summary>
    Ok,

    /// <summary>Something to look at; comparisons may be trusted.</summary>
    Watch,

    /// <summary>Do not decide before the cause is known.</summary>
    Problem,
}
