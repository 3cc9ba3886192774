namespace Assay.Server.Storage;

/// <summary>A row of <c>audit</c>.</summary>
internal sealed record AuditRow(long At, string Actor, string Action, string? Experiment, string Detail)
{
    public AuditEntry ToEntry() => new(Microseconds.ToTime(At), Actor, Action, Experiment, Detail);
}
