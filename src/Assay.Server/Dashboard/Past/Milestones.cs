using System.Collections.Immutable;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Past;

/// <summary>Finds the moments that charts over time mark: what the experiment and its records say, and of the audit what nothing else keeps.</summary>
internal static class Milestones
{
    /// <summary>The earliest first; empty for a draft.</summary>
    public static async Task<ImmutableArray<Milestone>> OfAsync(ICatalog catalog, Experiment experiment, CancellationToken cancellation) =>
        experiment.StartedAt is null ? [] : Of(experiment, await catalog.LifecycleAsync(experiment.Key, cancellation));

    /// <param name="experiment">The experiment.</param>
    /// <param name="entries">What moved it through its life, in any order.</param>
    public static ImmutableArray<Milestone> Of(Experiment experiment, IEnumerable<AuditEntry> entries)
    {
        var found = new List<Milestone>(entries.Select(Of).OfType<Milestone>());

        // A start may be told later than it was.
        if (experiment.StartedAt is { } started) found.Add(new Milestone(started, MilestoneKind.Started));
        if (experiment.StoppedAt is { } stopped) found.Add(new Milestone(stopped, MilestoneKind.Stopped));
        found.AddRange(experiment.Recorded.Crossings.Select(crossing => new Milestone(crossing.CrossedAt, MilestoneKind.Crossed) { Metric = crossing.Metric, Treatment = crossing.TreatmentIndex }));
        found.AddRange(experiment.Recorded.Looks.Select(look => new Milestone(look.TakenAt, MilestoneKind.Look) { Metric = look.Metric, Treatment = look.TreatmentIndex, Look = look.Look, Crossed = look.Crossed }));
        return [.. found.OrderBy(milestone => milestone.At)];
    }

    private static Milestone? Of(AuditEntry entry) => entry.Action switch
    {
        "paused" => new Milestone(entry.At, MilestoneKind.Paused),
        "resumed" => new Milestone(entry.At, MilestoneKind.Resumed),
        "amended" => new Milestone(entry.At, MilestoneKind.Amended) { Iteration = HistoryDetail.Of(entry.Detail).Iteration },
        _ => null,
    };
}
