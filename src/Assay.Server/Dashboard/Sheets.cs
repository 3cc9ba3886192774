using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Decisions;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>Collects what a page shows of an experiment: the resource, the live readout that the API serves, and the row counts.</summary>
internal sealed class Sheets(ICatalog catalog, ExperimentDirectory directory, IEventStore store, LiveReadouts readouts, LiveTimelines timelines, TimeProvider clock)
{
    public async Task<ExperimentSheet?> FindAsync(string key, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return null;
        var ingestion = experiment.Status == ExperimentStatus.Draft ? null : await store.CountAsync(key, cancellation);
        return Of(experiment, ingestion) with { Course = CourseOf(experiment, experiment.Design.Metrics.Primary), Decisions = await DecisionsAsync(key, cancellation), Milestones = await Past.Milestones.OfAsync(catalog, experiment, cancellation), Amended = await AmendedAsync(experiment, cancellation) };
    }

    /// <summary>The course of a metric; null for a draft.</summary>
    public TimelineReadout? CourseOf(Experiment experiment, Metric metric) =>
        experiment.Status == ExperimentStatus.Draft ? null : timelines.Find(experiment, metric).Read();

    /// <summary>Every experiment, most urgent first.</summary>
    public async Task<ImmutableArray<ExperimentSheet>> ListAsync(CancellationToken cancellation)
    {
        var sheets = new List<ExperimentSheet>();
        var decisions = (await catalog.LastDecisionsAsync(cancellation)).ToDictionary(decision => decision.Experiment, StringComparer.Ordinal);
        await foreach (var experiment in catalog.WalkAsync(cancellation)) sheets.Add(Of(experiment, ingestion: null) with { LastDecision = decisions.GetValueOrDefault(experiment.Key) });
        return [.. Attentions.InOrder(sheets)];
    }

    /// <summary>One of an experiment that is known already; what only raw rows tell is left out.</summary>
    public async Task<ExperimentSheet> OfAsync(Experiment experiment, CancellationToken cancellation) =>
        Of(experiment, ingestion: null) with { Decisions = await DecisionsAsync(experiment.Key, cancellation), Milestones = await Past.Milestones.OfAsync(catalog, experiment, cancellation) };

    /// <summary>The reason is kept with the iteration that it ended.</summary>
    private async Task<string?> AmendedAsync(Experiment experiment, CancellationToken cancellation) =>
        experiment.Iteration > 1 && await catalog.FindRecordAsync(experiment.Key, RecordKind.Iteration, (experiment.Iteration - 1).ToString(CultureInfo.InvariantCulture), cancellation) is { } ended
            ? JsonElement.Parse(ended.Content).GetProperty("reason").GetString()
            : null;

    private async Task<ImmutableArray<DecisionResource>> DecisionsAsync(string key, CancellationToken cancellation) =>
        [.. (await catalog.ListDecisionsAsync(key, cancellation)).Select(DecisionResource.Of)];

    private ExperimentSheet Of(Experiment experiment, IngestionCounts? ingestion)
    {
        var readout = experiment.Status == ExperimentStatus.Draft ? null : readouts.ReadForPage(experiment).Readout;
        return new(experiment, readout, ingestion, clock.GetUtcNow()) { SealedAt = store.Read(experiment.Key)?.SealedAt is { } since ? Microseconds.ToTime(since) : null };
    }
}
