using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>How far rows may go, and what the audit says of it.</summary>
internal static class RetentionWork
{
    /// <summary>So long after an experiment has closed its late rows are still waited for: until then it is open.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromDays(7);

    /// <summary>The horizon is moved back to the start of every experiment that is open or reaches beyond it, until it cuts none in two. It only grows.</summary>
    /// <param name="index">The experiments.</param>
    /// <param name="horizon">Where it is.</param>
    /// <param name="before">Where it should be.</param>
    /// <param name="now">The time, microseconds.</param>
    public static RetentionPlan Plan(ViewIndex index, long horizon, long before, long now)
    {
        var views = index.Opened.Select(state => state.Measure!.View).OrderByDescending(view => view.StartedAt).ThenBy(view => view.Key, StringComparer.Ordinal).ToList();
        var (to, heldBy) = (before, default(string));

        // The latest start first: where it moves the horizon back, those that began earlier are held against the new one.
        foreach (var view in views)
            if (view.StartedAt < to && !IsOver(view, to, now)) (to, heldBy) = (view.StartedAt, view.Key);
        if (to <= horizon) return new RetentionPlan(horizon, Moves: false, horizon < before ? heldBy : null, []);
        return new RetentionPlan(to, Moves: true, heldBy, [.. views.Where(view => view.StartedAt < to).Select(view => view.Key).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The experiments that a plan seals.</summary>
    public static ImmutableArray<ViewState> Sealing(RetentionPlan plan, ViewIndex index) => [.. plan.Sealed.Select(key => index.Find(key)!)];

    /// <summary>An entry for each sealed experiment, and one for the installation.</summary>
    public static IEnumerable<AuditEntry> Audit(RetentionPlan plan, string actor, long watermark, long now)
    {
        var detail = new JsonObject
        {
            ["horizon"] = Microseconds.ToTime(plan.Horizon).UtcDateTime,
            ["held_by"] = plan.HeldBy,
            ["sealed"] = new JsonArray([.. plan.Sealed.Select(key => (JsonNode)key)]),
            ["watermark"] = watermark,
        }.ToJsonString();
        return plan.Sealed.Select(key => new AuditEntry(Microseconds.ToTime(now), actor, "sealed", key, detail)).Prepend(new AuditEntry(Microseconds.ToTime(now), actor, "retained", null, detail));
    }

    /// <summary>What is said when nothing is left of what has gone.</summary>
    /// <param name="rows">Rows removed since the process began to.</param>
    /// <param name="units">Units removed.</param>
    /// <param name="watermark">The commit that moved the horizon.</param>
    /// <param name="now">The time.</param>
    public static AuditEntry Audit(RowCounts rows, long units, long watermark, long now) => new(
        Microseconds.ToTime(now),
        "assay",
        "rows_removed",
        null,
        new JsonObject { ["exposures"] = rows.Exposures, ["events"] = rows.Events, ["covariates"] = rows.Covariates, ["units"] = units, ["watermark"] = watermark }.ToJsonString());

    /// <summary>Whether it ends before the horizon and nothing of it is waited for.</summary>
    private static bool IsOver(ExperimentView view, long horizon, long now) =>
        view.ClosesAt is { } closes && closes <= horizon && now >= closes + Maturity.Microseconds(Lateness);
}
