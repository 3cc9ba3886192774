using System.Text.Json.Nodes;

namespace Assay.Server.Storage.Commits;

/// <summary>What the audit says of exclusions, links and erasures: units by their numbers only, since the audit forgets nothing and a person may have to be forgotten.</summary>
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

    /// <summary>An entry for a request of links: pairs of numbers, the anonymous id's first.</summary>
    public static AuditEntry Of(LinkBatch batch, IEnumerable<LinkChange> changes, long watermark, long now) => new(
        Microseconds.ToTime(now),
        batch.Actor,
        batch.IsLifting ? "link_lifted" : "linked",
        Experiment: null,
        new JsonObject { ["links"] = new JsonArray([.. changes.Select(change => new JsonArray(change.Unit, change.Into))]), ["watermark"] = watermark }.ToJsonString());

    /// <summary>An entry for each experiment that had something of the person, and one for the installation.</summary>
    public static IEnumerable<AuditEntry> Of(ErasedUnit erased, string actor, long now)
    {
        var detail = new JsonObject
        {
            ["units"] = new JsonArray([.. erased.Units.Select(unit => (JsonNode)unit)]),
            ["exposures"] = erased.Rows.Exposures,
            ["events"] = erased.Rows.Events,
            ["covariates"] = erased.Rows.Covariates,
            ["exclusions"] = erased.Exclusions,
            ["links"] = erased.Links,
            ["watermark"] = erased.Watermark,
        }.ToJsonString();
        return erased.Experiments.Cast<string?>().Prepend(null).Select(key => new AuditEntry(Microseconds.ToTime(now), actor, "erased", key, detail));
    }
}
