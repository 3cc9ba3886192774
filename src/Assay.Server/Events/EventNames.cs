using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>The event names that experiments use, kept until an experiment changes: a name nobody uses is most often a misspelt one.</summary>
internal sealed class EventNames(ICatalog catalog, ExperimentDirectory experiments)
{
    private Snapshot? _current;

    /// <summary>Names used by an experiment that is not archived.</summary>
    public async ValueTask<IReadOnlySet<string>> InUseAsync(CancellationToken cancellation)
    {
        // Read before the catalog: a change in between only makes the next reader look again.
        var changes = experiments.Changes;
        if (_current is { } current && current.Changes == changes) return current.Names;
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var experiment in catalog.WalkAsync(cancellation))
            if (experiment.Status != ExperimentStatus.Archived) names.UnionWith(experiment.Design.Metrics.All.Select(metric => metric.Event));
        _current = new Snapshot(changes, names);
        return names;
    }

    private sealed record Snapshot(long Changes, HashSet<string> Names);
}
