using System.Text.Json.Nodes;

namespace Assay.Server.Storage.Commits;

/// <summary>What the audit says of exclusions and erasures: units by their numbers only, since the audit forgets nothing and a person may have to be forgotten.</summary>
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

    /// <summary>An entry for each experiment that had something of the unit, and one for the installation.</summary>
    public static IEnumerable<AuditEntry> Of(ErasedUnit erased, string actor, long now)
    {
        var detail = new JsonObject
        {
            ["units"] = new JsonArray(erased.Unit),
            ["exposures"] = erased.Rows.Exposures,
            ["events"] = erased.Rows.Events,
            ["covariates"] = erased.Rows.Covariates,
            ["exclusions"] = erased.Exclusions,
            ["watermark"] = erased.Watermark,
        }.ToJsonString();
        return erased.Experiments.Cast<string?>().Prepend(null).Select(key => new AuditEntry(Microseconds.ToTime(now), actor, "erased", key, detail));
    }
}
