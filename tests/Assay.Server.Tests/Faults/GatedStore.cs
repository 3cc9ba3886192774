using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Faults;

/// <summary>A store that begins a commit when the test lets it.</summary>
internal sealed class GatedStore(IEventStore store, Func<Task> gate) : IEventStore
{
    /// <summary>Puts a gate before the server's own store, whatever the engine.</summary>
    public static void Register(IServiceCollection services, Func<Task> gate)
    {
        var open = services.Last(service => service.ServiceType == typeof(IEventStore)).ImplementationFactory!;
        services.AddSingleton<IEventStore>(provider => new GatedStore((IEventStore)open(provider), gate));
    }

    public int CommitsAtOnce => store.CommitsAtOnce;

    public long Watermark => store.Watermark;

    public Task RefreshAsync(CancellationToken cancellation) => store.RefreshAsync(cancellation);

    public Task RestoreAsync(CancellationToken cancellation) => store.RestoreAsync(cancellation);

    public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation) => store.OpenAsync(view, now, cancellation);

    public async Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        await gate();
        return await store.CommitAsync(batches, now, cancellation);
    }

    public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation) => store.ExcludeAsync(batch, now, cancellation);

    public Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation) => store.LinkAsync(batches, now, cancellation);

    public Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation) => store.EraseAsync(userId, actor, now, cancellation);

    public MeasuredExperiment? Read(string experiment) => store.Read(experiment);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => store.RecomputeAsync(experiment, cancellation);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation) => store.RecomputeAsync(experiment, past, cancellation);

    public Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation) => store.FindCommitAsync(watermark, cancellation);

    public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation) => store.CountAsync(experiment, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
