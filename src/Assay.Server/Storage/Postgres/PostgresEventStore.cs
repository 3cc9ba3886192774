using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>The event store on PostgreSQL, one of any number of processes on one database; readers take published states without a lock or a query.</summary>
/// <param name="engine">The database.</param>
/// <param name="memory">What is remembered of units; as much as fits unless given.</param>
/// <param name="keepsEventIds">Whether ids of events that are no UUIDs are kept beside their hashes.</param>
internal sealed partial class PostgresEventStore(PostgresEngine engine, UnitMemory? memory = null, bool keepsEventIds = false) : IEventStore, IRowRetention
{
    private readonly WriterSessions _writers = new(engine.Sessions, new SharedMemory(memory ?? new UnitMemory()), keepsEventIds);
    private readonly OneAtATime _measuring = new();
    private readonly Published _published = new();

    public long Watermark => _published.Index.Watermark;

    public int CommitsAtOnce => WriterSessions.Most;

    /// <summary>The server's processes that commit for this store, and what they tell of is known here.</summary>
    public IReadOnlyList<int> WritingProcesses => _writers.Processes;

    public Task RestoreAsync(CancellationToken cancellation) => RefreshAsync(cancellation);

    /// <summary>Takes up what any process has committed.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var (watermark, views) = await StateReader.InstallationAsync(connection, cancellation);
        var changed = await StateReader.ChangedAsync(connection, _published.Index, among: null, cancellation);
        var people = _published.Picture.People;
        _published.Take(
            watermark, views, changed, new People(await ExclusionRows.FollowAsync(connection, people.Excluded, cancellation), await LinkRows.FollowAsync(connection, people.Links, cancellation)));
    }

    public async Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation)
    {
        // Most often nothing has changed. To find that out no commit has to wait.
        if (await IsStoredAsync(view, cancellation) && Opening.IsDone(_published.Index.Find(view.Key), view)) return;
        await WriteAsync(session => ViewOpening.RunAsync(session.Connection, view, _published.Index, Microseconds.Of(now), cancellation), cancellation);
        await CatchUpAsync(cancellation);
    }

    /// <remarks>
    /// One commit at a time measures. Its turn is taken once it has claimed whatever it needs, and kept until what it has stored is remembered and published, so that the next one
    /// begins with that. Whoever waits for the turn has claims that another one may wait for in the database; whoever has the turn waits for no claim.
    /// </remarks>
    public async Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        var result = await _writers.RunAsync(
            async session =>
            {
                await using var transaction = await session.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
                var run = new CommitRun(session, batches, Microseconds.Of(now));
                await run.ClaimAsync(_published.Picture, cancellation);
                await using var turn = await _measuring.TakeAsync(cancellation);
                try
                {
                    var result = await run.MeasureAsync(_published.Index, cancellation);
                    await transaction.CommitAsync(cancellation);
                    run.Keep(result);
                    if (!_published.TryFollow(result)) await CatchUpAsync(cancellation);
                    return result;
                }
                catch
                {
                    // Whose turn is next finds neither its locks nor anything remembered of it.
                    session.Shared.Forget();
                    await transaction.DisposeAsync();
                    throw;
                }
            },
            cancellation);
        return [.. result.Fates.Select(fates => new BatchOutcome(fates, result.Watermark))];
    }

    public async Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation)
    {
        var (fates, watermark) = await WriteAsync(session => new ExclusionRun(session, batch, Microseconds.Of(now)).RunAsync(_published.Picture, cancellation), cancellation);
        await CatchUpAsync(cancellation);
        return new BatchOutcome(fates, watermark ?? Watermark);
    }

    public async Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        var done = await WriteAsync(
            async session =>
            {
                var run = new LinkRun(session, batches, Microseconds.Of(now));
                return (Result: await run.RunAsync(_published.Picture, cancellation), Run: run);
            },
            cancellation,
            done => done.Run.Keep(done.Result.Watermark));
        await CatchUpAsync(cancellation);
        return [.. done.Result.Fates.Select(fates => new LinkOutcome(fates, done.Result.Watermark ?? Watermark))];
    }

    public async Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation)
    {
        var erased = await WriteAsync(session => new ErasureRun(session, userId, actor, Microseconds.Of(now)).RunAsync(_published.Picture, cancellation), cancellation);
        await CatchUpAsync(cancellation);
        return erased;
    }

    public MeasuredExperiment? Read(string experiment)
    {
        var index = _published.Index;
        return index.Find(experiment)?.ToPicture(index.Watermark);
    }

    public async Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        var index = _published.Index;
        return (index.Find(experiment) ?? new ViewState(0, experiment)).ToCounts(index.Watermark);
    }

    /// <remarks>Followed by a refresh: whoever compares finds published what the raw rows were read of, or something newer.</remarks>
    public async Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation)
    {
        var picture = await RecomputeOnlyAsync(experiment, cancellation);
        await RefreshAsync(cancellation);
        return picture;
    }

    public async Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation)
    {
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (await ViewOpening.TryFindAsync(connection, experiment, _published.Index, cancellation) is not { Measure: not null } state) return null;
        var measured = await UnitScan.RunAsync(connection, state.Id, new UnitMeasure(past.View), past.CompactedThrough, past.Watermark, cancellation);
        var then = new Past(state);
        await ArrivalRows.GoBackAsync(connection, then, past, cancellation);
        await using var erased = new NpgsqlCommand("select count(*) from erasures where watermark > $1", connection) { Parameters = { Commands.With(past.Watermark) } };
        return then.Picture(measured, past, (long)(await erased.ExecuteScalarAsync(cancellation))!);
    }

    public async Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation)
    {
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("select committed_at from commits where watermark = $1", connection) { Parameters = { Commands.With(watermark) } };
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _writers.DisposeAsync();

    private async Task<bool> IsStoredAsync(ExperimentView view, CancellationToken cancellation)
    {
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        return await ViewOpening.IsStoredAsync(connection, view, cancellation);
    }

    private async Task<MeasuredExperiment?> RecomputeOnlyAsync(string experiment, CancellationToken cancellation)
    {
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (await ViewOpening.TryFindAsync(connection, experiment, _published.Index, cancellation) is not { Measure: not null } state) return null;
        var (watermark, _) = await StateReader.InstallationAsync(connection, cancellation);
        if (state.SealedAt is not null) return state.ToPicture(watermark);
        var measured = await UnitScan.RunAsync(connection, state, cancellation);
        return (state with { Accumulators = measured.Accumulators.ToImmutable(), LastEventAt = measured.LastEventAt }).ToPicture(watermark);
    }

    /// <summary>Runs work in a transaction of its own, while no commit is under way in this process.</summary>
    private Task<T> WriteAsync<T>(Func<WriterSession, Task<T>> work, CancellationToken cancellation, Action<T>? keep = null) => _writers.RunAloneAsync(
        async session =>
        {
            await using var transaction = await session.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
            var result = await work(session);
            await transaction.CommitAsync(cancellation);
            keep?.Invoke(result);
            return result;
        },
        cancellation);

    /// <summary>After a commit that is on disk: its answer does not depend on a database that has just gone away, and the listener looks again when it is back.</summary>
    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            await RefreshAsync(cancellation);
        }
        catch (DbException away) when (StorageAway.Is(away))
        {
            // Read, Watermark and the receipt say themselves which commit they are of.
        }
    }
}
