using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests;

/// <summary>A store that holds what a test puts there.</summary>
internal sealed class FakeEventStore : IEventStore
{
    private int _counted;

    private long _watermark;

    public int CommitsAtOnce => 1;

    public long Watermark => Interlocked.Read(ref _watermark);

    public Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task RestoreAsync(CancellationToken cancellation) => Task.CompletedTask;

    public ConcurrentDictionary<string, MeasuredExperiment> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>What a commit waits for.</summary>
    public Task Disk { get; set; } = Task.CompletedTask;

    /// <summary>What a recomputation finds.</summary>
    public Func<string, MeasuredExperiment?> Recomputing { get; set; } = _ => null;

    /// <summary>A commit that touches an experiment: the picture first, the watermark after it, as a store does.</summary>
    public void Touch(MeasuredExperiment picture)
    {
        var number = Watermark + 1;
        Pictures[picture.Key] = picture with { Watermark = number, TouchedBy = number };
        Interlocked.Exchange(ref _watermark, number);
    }

    /// <summary>A commit that touches none.</summary>
    public void Commit() => Interlocked.Increment(ref _watermark);

    public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation) => Task.CompletedTask;

    public async Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        await Disk;
        Commit();
        return [.. batches.Select(batch => new BatchOutcome([.. Enumerable.Repeat(ItemFate.Recorded, batch.Count)], Watermark))];
    }

    public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation)
    {
        Commit();
        return Task.FromResult(new BatchOutcome([.. batch.Items.Select(_ => ItemFate.Recorded)], Watermark));
    }

    public async Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        await Disk;
        Commit();
        return [.. batches.Select(batch => new LinkOutcome([.. batch.Items.Select(_ => LinkFate.Recorded)], Watermark))];
    }

    public Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation) => Task.FromResult<ErasedUnit?>(null);

    public MeasuredExperiment? Read(string experiment) => Pictures.GetValueOrDefault(experiment);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => Task.Run(() => Recomputing(experiment), cancellation);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation) => RecomputeAsync(experiment, cancellation);

    public Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation) => Task.FromResult<long?>(null);

    /// <summary>How often rows were counted.</summary>
    public int Counted => _counted;

    public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _counted);
        return Task.FromResult(new IngestionCounts(0, [], 0, [], 0, 0, 0, null, Watermark));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
