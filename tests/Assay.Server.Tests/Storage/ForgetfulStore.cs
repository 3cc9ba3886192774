using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>A store with a fault: it acknowledges the last exposure of every batch and does not keep it.</summary>
internal sealed class ForgetfulStore(IEventStore store) : IEventStore
{
    public long Watermark => store.Watermark;

    public Task RestoreAsync(CancellationToken cancellation) => store.RestoreAsync(cancellation);

    public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation) => store.OpenAsync(view, now, cancellation);

    public async Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        var kept = batches.Select(batch => batch.Exposures.IsEmpty ? batch : batch with { Exposures = batch.Exposures.RemoveAt(batch.Exposures.Length - 1) }).ToList();
        var outcomes = await store.CommitAsync(kept, now, cancellation);
        return [.. outcomes.Select((outcome, i) => kept[i].Count == batches[i].Count ? outcome : outcome with { Fates = outcome.Fates.Add(ItemFate.Recorded) })];
    }

    public MeasuredExperiment? Read(string experiment) => store.Read(experiment);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => store.RecomputeAsync(experiment, cancellation);

    public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation) => store.CountAsync(experiment, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
