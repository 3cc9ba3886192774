using System.Collections.Immutable;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Dashboard.Past;

/// <summary>Finds the moments that charts over time mark: what the experiment and its records say, and of the audit what nothing else keeps.</summary>
internal static class Milestones
{
    private const int PageLength = 200;

    /// <summary>Older pauses than these many entries are on the page of the history.</summary>
    private const int MostPages = 5;

    /// <summary>The earliest first; empty for a draft.</summary>
    public static async Task<ImmutableArray<Milestone>> OfAsync(ICatalog catalog, Experiment experiment, CancellationToken cancellation)
    {
        if (experiment.StartedAt is null) return [];
        var entries = new List<AuditRow>();
        long? before = null;
        for (var page = 0; page < MostPages; page++)
        {
            var rows = await catalog.ListAuditAsync(new AuditQuery(experiment.Key, PageLength, before), cancellation);
            entries.AddRange(rows);
            if (rows.Length < PageLength) break;
            before = rows[^1].Number;
        }

        return Of(experiment, entries);
    }

    /// <param name="experiment">The experiment.</param>
    /// <param name="entries">Its entries of the audit, in any order.</param>
    public static ImmutableArray<Milestone> Of(Experiment experiment, IEnumerable<AuditRow> entries)
    {
        var found = new List<Milestone>(entries.Select(Of).OfType<Milestone>());

        // A start may be told later than it was.
        if (experiment.StartedAt is { } started) found.Add(new Milestone(started, MilestoneKind.Started));
        if (experiment.StoppedAt is { } stopped) found.Add(new Milestone(stopped, MilestoneKind.Stopped));
        found.AddRange(experiment.Recorded.Crossings.Select(crossing => new Milestone(crossing.CrossedAt, MilestoneKind.Crossed) { Metric = crossing.Metric, Treatment = crossing.TreatmentIndex }));
        found.AddRange(experiment.Recorded.Looks.Select(look => new Milestone(look.TakenAt, MilestoneKind.Look) { Metric = look.Metric, Treatment = look.TreatmentIndex, Look = look.Look, Crossed = look.Crossed }));
        return [.. found.OrderBy(milestone => milestone.At)];
    }

    private static Milestone? Of(AuditRow row) => row.Action switch
    {
        "paused" => new Milestone(Microseconds.ToTime(row.At), MilestoneKind.Paused),
        "resumed" => new Milestone(Microseconds.ToTime(row.At), MilestoneKind.Resumed),
        "amended" => new Milestone(Microseconds.ToTime(row.At), MilestoneKind.Amended) { Iteration = HistoryDetail.Of(row.Detail).Iteration },
        _ => null,
    };
}
