using System.Text.Json.Nodes;

namespace Assay.Server.Storage.Commits;

/// <summary>What the audit says of exclusions: units by their numbers only, since the audit forgets nothing and a person may have to be forgotten.</summary>
internal static class HygieneAudit
{
    /// <summary>An entry for each experiment, and one for all experiments.</summary>
    public static IEnumerable<AuditEntry> Of(ExclusionBatch batch, IEnumerable<ExclusionChange> changes, Func<int, string> keyOf, long watermark, long now) => changes
        .GroupBy(change => change.Experiment)
        .Select(same => new AuditEntry(
            Microseconds.ToTime(now),
            batch.Actor,
            batch.IsLifting ? "exclusion_lifted" : "excluded",
            same.Key == ExcludedUnits.FromAll ? null : keyOf(same.Key),
            new JsonObject { ["units"] = new JsonArray([.. same.Select(change => (JsonNode)change.Unit)]), ["watermark"] = watermark }.ToJsonString()));
}
