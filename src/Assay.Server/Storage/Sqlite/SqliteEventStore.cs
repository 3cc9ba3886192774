using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>The event store on a SQLite file: one writing connection, and published states that readers take without a lock.</summary>
/// <param name="connectionString">A file that is migrated by the time the store is first used.</param>
/// <param name="memory">What is remembered of units; as much as fits unless given.</param>
/// <param name="keepsEventIds">Whether ids of events that are no UUIDs are kept beside their hashes.</param>
internal sealed partial class SqliteEventStore(string connectionString, UnitMemory? memory = null, bool keepsEventIds = false) : IEventStore, IRowRetention
{
    private readonly Lazy<SqliteWriter> _writer = new(() => new SqliteWriter(connectionString, memory ?? new UnitMemory(), keepsEventIds), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lock _writing = new();

    public int CommitsAtOnce => 1;

    public long Watermark => Published.Watermark;

    private ViewIndex Published => _writer.Value.Published;

    /// <summary>Restores what the last commit published; no event is read.</summary>
    /// <summary>One process writes the file, and what it has committed it serves.</summary>
    public Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task RestoreAsync(CancellationToken cancellation)
    {
        _ = _writer.Value;
        return Task.CompletedTask;
    }

    public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_writing) _writer.Value.Open(view, Microseconds.Of(now));
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Commit(batches, Microseconds.Of(now)), cancellation);

    public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Exclude(batch, Microseconds.Of(now)), cancellation);

    public Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Link(batches, Microseconds.Of(now)), cancellation);

    public Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Erase(userId, actor, Microseconds.Of(now)), cancellation);

    public MeasuredExperiment? Read(string experiment)
    {
        var published = Published;
        return published.Find(experiment)?.ToPicture(published.Watermark);
    }

    public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation)
    {
        var published = Published;
        return Task.FromResult((published.Find(experiment) ?? new ViewState(0, experiment)).ToCounts(published.Watermark));
    }

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = EventDatabase.Reading(connectionString);
            return database.Read(() =>
            {
                if (new ViewRows(database).Find(experiment) is not { Measure: { } measure } state) return null;
                var watermark = database.Number("select ifnull(max(watermark), 0) from commits");
                if (state.SealedAt is not null) return state.ToPicture(watermark);
                var measured = UnitScan.Run(database, state.Id, measure, state.CompactedThrough, cancellation: cancellation);
                return (state with { Accumulators = measured.Accumulators.ToImmutable(), LastEventAt = measured.LastEventAt }).ToPicture(watermark);
            });
        },
        cancellation);

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = EventDatabase.Reading(connectionString);
            return database.Read(() =>
            {
                var rows = new ViewRows(database);
                if (rows.Find(experiment) is not { Measure: not null } state) return null;
                var measured = UnitScan.Run(database, state.Id, new UnitMeasure(past.View), past.CompactedThrough, past.Watermark, cancellation);
                var then = new Past(rows.WithReceipts(state));
                new ArrivalRows(database).GoBack(then, past, cancellation);
                return then.Picture(measured, past, database.Number($"select count(*) from erasures where watermark > {past.Watermark}"));
            });
        },
        cancellation);

    public Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = EventDatabase.Reading(connectionString);
            return database.Read(() =>
            {
                var row = database.Prepare("select committed_at from commits where watermark = ?").Bind(1, watermark);
                long? found = row.Step() ? row.Int64(0) : null;
                row.Reset();
                return found;
            });
        },
        cancellation);

    /// <remarks>On a thread of its own: a commit waits for the disk, and the pool's few threads have readers to answer meanwhile.</remarks>
    private Task<T> WriteAsync<T>(Func<SqliteWriter, T> write, CancellationToken cancellation) => Task.Factory.StartNew(
        () =>
        {
            lock (_writing) return write(_writer.Value);
        },
        cancellation,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public ValueTask DisposeAsync()
    {
        lock (_writing)
            if (_writer.IsValueCreated) _writer.Value.Dispose();
        return ValueTask.CompletedTask;
    }
}
