using System.Text.Json.Nodes;
using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Experiments;

/// <summary>What the audit says of a change.</summary>
internal static class Audit
{
    /// <param name="after">The experiment as the change leaves it.</param>
    /// <param name="record">What is recorded of what the change ends; null for nothing.</param>
    public static AuditEntry Of(Caller caller, string action, Experiment after, DateTimeOffset at, RecordRow? record = null)
    {
        var detail = new JsonObject
        {
            ["version"] = after.Version,
            ["status"] = Wire.Name(after.Status),
            ["iteration"] = after.Iteration,
            ["epoch"] = after.Epoch,
            ["started_at"] = after.StartedAt?.UtcDateTime,
            ["stopped_at"] = after.StoppedAt?.UtcDateTime,
            ["closes_at"] = after.ClosesAt?.UtcDateTime,
            ["iteration_started_at"] = after.IterationStartedAt?.UtcDateTime,
            [DesignDigest.Field] = DesignDigest.Of(after),
        };
        if (record is not null) detail[AuditDetail.RecordDigest] = record.Digest();
        return new AuditEntry(at, caller.Name, action, after.Key, detail.ToJsonString());
    }
}
