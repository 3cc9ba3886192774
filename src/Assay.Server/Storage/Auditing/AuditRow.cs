namespace Assay.Server.Storage.Auditing;

/// <summary>A row of <c>audit</c>.</summary>
internal sealed record AuditRow
{
    public const string Columns = "number, at, actor, action, experiment, detail, hash";

    public required long Number { get; init; }

    public required long At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public string? Experiment { get; init; }

    /// <summary>JSON object.</summary>
    public required string Detail { get; init; }

    /// <summary>Null where it was written before entries were chained.</summary>
    public string? Hash { get; init; }

    public AuditEntry ToEntry() => new(Microseconds.ToTime(At), Actor, Action, Experiment, Detail);
}
