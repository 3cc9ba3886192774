using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>One commit in its transaction, up to the last statement.</summary>
/// <remarks>
/// Read committed: after every wait, what is read next is as the one waited for has left it. First whatever needs no lock of an experiment: numbers, and rows
/// whose identity an index decides. Then the locks; under them the rows of the touched units are complete, so that measuring without and with the new rows
/// tells exactly what the accumulators have to give and take.
/// </remarks>
internal sealed class CommitRun(WriterSession session, IReadOnlyList<Batch> batches, long now)
{
    private readonly CommitUnits _units = new(session);
    private CommitNumbers? _numbers;
    private CommitWork? _work;

    /// <param name="published">What this process serves; the commit finds out by itself what of it is old.</param>
    /// <param name="cancellation">Ends it; the transaction is then to be rolled back.</param>
    public async Task<CommitResult> RunAsync(Picture published, CancellationToken cancellation)
    {
        var connection = session.Connection;
        var (index, people, batch, horizon) = await BeginAsync(published, cancellation);
        _numbers = new CommitNumbers(
            batch,
            Names: await session.NamesAsync(CommitScope.Names(batches), cancellation),
            Units: await _units.NumberAsync(CommitScope.Users(batches), cancellation),
            Experiments: CommitScope.Keys(batches).ToDictionary(key => key, key => index.Find(key)!.Id, StringComparer.Ordinal));
        var events = await EventClaims.PutAsync(session, batches, _numbers, horizon, cancellation);
        var exposures = await ExposureClaims.PutAsync(connection, batches, _numbers, index, horizon, cancellation);

        var midnight = Maturity.CompactedThrough(now);
        var scope = new CommitScope(batches, index, midnight);
        _numbers = _numbers with { Units = await _units.JoinAsync(people.Links, scope.Measured, cancellation) };
        (index, var before) = await LockAsync(scope.Experiments, index, cancellation);
        await _units.LoadAsync(new StoredUnits(session, index, batch), before, scope.Measured, cancellation);
        var rows = new FetchedRows(_numbers, _units, scope.Experiments, events, exposures);
        var drafts = new Drafts(index, static (_, key) => throw new System.Diagnostics.UnreachableException($"'{key}' was numbered before."));
        var work = _work = new CommitWork(rows, drafts, people.Links, session.Room(), horizon);
        var fates = work.Accept(batches);
        if (fates.Any(batch => batch.Any(fate => fate != ItemFate.Recorded))) _numbers = await UnusedNumbers.RemoveAsync(connection, work, _numbers, cancellation);
        if (work.HasRows)
        {
            await ExposureClaims.AddAsync(connection, work, _numbers, cancellation);
            await CovariateRows.AddAsync(connection, work, _numbers, cancellation);
            work.Exchange(people, people);
            drafts.CompactThrough(midnight);
        }

        var changed = drafts.Changed.ToList();
        await StateWriter.SaveAsync(connection, changed, _numbers.Names.ByText, cancellation);
        var watermark = await StateWriter.NumberAsync(connection, changed, _numbers, work.HasRows, rows.LastAt, now, cancellation);
        return new CommitResult(watermark, work.HasRows ? watermark - 1 : watermark, fates, [.. changed.Select(draft => draft.ToState(watermark))]);
    }

    /// <summary>The transaction is on disk.</summary>
    public void Keep(CommitResult result)
    {
        session.RememberNames(_numbers!.Names.ByText);
        _units.Keep(_work!, _numbers, result);
    }

    /// <summary>From here on no view is opened or replaced, and nobody is excluded, linked or erased, until the commit is done.</summary>
    /// <returns>Every open view, whoever opened it, and every experiment that an item names; who is one person, and excluded; the batch's number; and the horizon.</returns>
    private async Task<(ViewIndex Index, People People, long Batch, long Horizon)> BeginAsync(Picture published, CancellationToken cancellation)
    {
        long views, links, number, horizon;
        await using (var batch = session.Connection.Batch(
            Sql("select pg_advisory_xact_lock_shared($1, $2)", With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views)),
            Sql($"select views, links, nextval('batches'), (select coalesce(max(horizon), {RetentionPlan.Nowhere}) from retention) from installation")))
        {
            await using var row = await batch.ExecuteReaderAsync(cancellation);
            await row.NextResultAsync(cancellation);
            await row.ReadAsync(cancellation);
            (views, links, number, horizon) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }

        session.See(views);
        var unknown = CommitScope.Keys(batches).Where(key => published.Index.Find(key) is null).ToArray();
        if (unknown.Length > 0) await session.AddExperimentsAsync(unknown, cancellation);
        var people = published.People;
        if (links != people.Links.Watermark) people = people with { Links = await LinkRows.FollowAsync(session.Connection, people.Links, cancellation) };
        if (unknown.Length == 0 && views == published.Views) return (published.Index, people, number, horizon);
        var changed = await StateReader.ChangedAsync(session.Connection, published.Index, among: null, cancellation);
        if (views != published.Views) people = people with { Excluded = await ExclusionRows.FollowAsync(session.Connection, people.Excluded, cancellation) };
        return (published.Index.With(published.Index.Watermark, changed), people, number, horizon);
    }

    /// <summary>Waits until no other commit works on these experiments, and takes up what they did.</summary>
    /// <returns>The experiments, and the number of the last commit: none that worked on them is missing from either.</returns>
    private async Task<(ViewIndex Index, long Watermark)> LockAsync(IReadOnlySet<int> experiments, ViewIndex index, CancellationToken cancellation)
    {
        var ascending = experiments.Order().ToArray();
        long watermark;
        await using (var batch = session.Connection.Batch(
            Sql("select pg_advisory_xact_lock($1, e) from unnest($2) as e", With(AdvisoryLocks.Assay), With(ascending)), Sql("select watermark from installation")))
        {
            await using var row = await batch.ExecuteReaderAsync(cancellation);
            await row.NextResultAsync(cancellation);
            await row.ReadAsync(cancellation);
            watermark = row.GetInt64(0);
        }

        if (ascending.Length == 0) return (index, watermark);
        return (index.With(index.Watermark, await StateReader.ChangedAsync(session.Connection, index, ascending, cancellation)), watermark);
    }
}

/// <param name="Before">The last number before the commit.</param>
internal sealed record CommitResult(long Watermark, long Before, IReadOnlyList<ImmutableArray<ItemFate>> Fates, IReadOnlyList<ViewState> Changed);
