using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>A store with a fault: it acknowledges every batch and stores another.</summary>
internal sealed class FaultyStore(IEventStore store, Func<Batch, Batch> spoil) : IEventStore
{
    public int CommitsAtOnce => store.CommitsAtOnce;

    public long Watermark => store.Watermark;

    /// <summary>What it does to links.</summary>
    public Func<LinkBatch, LinkBatch> Linking { get; init; } = batch => batch;

    /// <summary>Loses the last exposure.</summary>
    public static Batch Lose(Batch batch) => batch.Exposures.IsEmpty ? batch : batch with { Exposures = batch.Exposures.RemoveAt(batch.Exposures.Length - 1) };

    /// <summary>Counts the last event twice.</summary>
    public static Batch Double(Batch batch) => batch.Events.IsEmpty ? batch : batch with { Events = batch.Events.Add(batch.Events[^1] with { Id = Guid.NewGuid().ToString() }) };

    /// <summary>Forgets what the last exposure was said to have.</summary>
    public static Batch Strip(Batch batch) =>
        batch.Exposures.IsEmpty ? batch : batch with { Exposures = batch.Exposures.SetItem(batch.Exposures.Length - 1, batch.Exposures[^1] with { Attributes = null }) };

    /// <summary>Links the last id to somebody else.</summary>
    public static LinkBatch Forget(LinkBatch batch) => batch with { Items = batch.Items.SetItem(batch.Items.Length - 1, batch.Items[^1] with { UserId = "somebody else" }) };

    public Task RefreshAsync(CancellationToken cancellation) => store.RefreshAsync(cancellation);

    public Task RestoreAsync(CancellationToken cancellation) => store.RestoreAsync(cancellation);

    public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation) => store.OpenAsync(view, now, cancellation);

    public async Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        var outcomes = await store.CommitAsync([.. batches.Select(spoil)], now, cancellation);
        return [.. outcomes.Select((outcome, i) => outcome with { Fates = [.. Enumerable.Repeat(ItemFate.Recorded, batches[i].Count)] })];
    }

    public MeasuredExperiment? Read(string experiment) => store.Read(experiment);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => store.RecomputeAsync(experiment, cancellation);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation) => store.RecomputeAsync(experiment, past, cancellation);

    public Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation) => store.FindCommitAsync(watermark, cancellation);

    public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation) => store.ExcludeAsync(batch, now, cancellation);

    public Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation) =>
        store.LinkAsync([.. batches.Select(Linking)], now, cancellation);

    public Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation) => store.EraseAsync(userId, actor, now, cancellation);

    public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation) => store.CountAsync(experiment, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
