namespace Assay.Server.Storage;

/// <summary>A row of <c>audit</c>.</summary>
internal sealed record AuditRow
{
    public required long At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public string? Experiment { get; init; }

    public required string Detail { get; init; }

    public AuditEntry ToEntry() => new(Microseconds.ToTime(At), Actor, Action, Experiment, Detail);
}
