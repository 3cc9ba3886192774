using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>One commit in its transaction, up to the last statement, in two parts: what it claims, and what it measures.</summary>
/// <remarks>
/// Read committed: after every wait, what is read next is as the one waited for has left it. First whatever needs no lock of an experiment: numbers, and rows
/// whose identity an index decides. Then the locks; under them the rows of the touched units are complete, so that measuring without and with the new rows
/// tells exactly what the accumulators have to give and take.
/// </remarks>
internal sealed class CommitRun(WriterSession session, IReadOnlyList<Batch> batches, long now)
{
    private readonly long _midnight = Maturity.CompactedThrough(now);
    private readonly CommitUnits _units = new(session);
    private Claims? _claims;
    private CommitWork? _work;

    /// <summary>Takes what an index decides: another commit of this process may do so at the same time, or measure.</summary>
    /// <param name="published">What this process serves; the commit finds out by itself what of it is old.</param>
    /// <param name="cancellation">Ends it; the transaction is then to be rolled back.</param>
    public async Task ClaimAsync(Picture published, CancellationToken cancellation)
    {
        var keys = CommitScope.Keys(batches);
        var (index, people, batch, horizon) = await BeginAsync(published, keys, cancellation);
        var scope = new CommitScope(batches, index, _midnight, _units);
        var names = await session.NamesAsync(scope.Names, cancellation);
        await _units.NumberAsync(cancellation);
        var numbers = new CommitNumbers(batch, _units, names, keys.ToDictionary(key => key, key => index.Find(key)!.Id, StringComparer.Ordinal));
        _claims = new Claims(
            index,
            people,
            horizon,
            numbers,
            scope.Experiments,
            Events: await EventClaims.PutAsync(session, batches, numbers, horizon, cancellation),
            Exposures: await ExposureClaims.PutAsync(session.Connection, batches, numbers, index, horizon, cancellation));
        await _units.JoinAsync(people.Links, cancellation);
    }

    /// <summary>Locks, judges, measures and writes: no other commit of this process does until the transaction is on disk.</summary>
    /// <param name="published">What this process serves by now: with the commits that came between, whose states are then not read.</param>
    /// <param name="cancellation">Ends it; the transaction is then to be rolled back.</param>
    public async Task<CommitResult> MeasureAsync(ViewIndex published, CancellationToken cancellation)
    {
        var connection = session.Connection;
        var (known, people, horizon, numbers, experiments, events, exposures) = _claims!;
        var (index, before) = await LockAsync(experiments, known.Or(published), cancellation);
        await _units.LoadAsync(new StoredUnits(session, index, numbers.Batch), before, cancellation);
        var rows = new FetchedRows(numbers, _units, experiments, events, exposures);
        var drafts = new Drafts(index, static (_, key) => throw new System.Diagnostics.UnreachableException($"'{key}' was numbered before."));
        var work = _work = new CommitWork(rows, drafts, people.Links, session.Room, horizon);
        var fates = work.Accept(batches);
        if (fates.Any(batch => batch.Any(fate => fate != ItemFate.Recorded))) _claims = _claims with { Numbers = numbers = await UnusedNumbers.RemoveAsync(connection, work, numbers, cancellation) };
        if (work.HasRows)
        {
            await ExposureClaims.AddAsync(connection, work, numbers, cancellation);
            await CovariateRows.AddAsync(connection, work, numbers, cancellation);
            work.Exchange(people, people);
            drafts.CompactThrough(_midnight);
        }

        var changed = drafts.Changed.ToList();
        await StateWriter.SaveAsync(connection, changed, numbers.Names.ByText, cancellation);
        var watermark = await StateWriter.NumberAsync(connection, changed, numbers, work.HasRows, rows.LastAt, now, cancellation);
        return new CommitResult(watermark, work.HasRows ? watermark - 1 : watermark, fates, [.. changed.Select(draft => draft.ToState(watermark))]);
    }

    /// <summary>The transaction is on disk, and no other commit of this process measures yet.</summary>
    public void Keep(CommitResult result)
    {
        var memory = session.Memory;
        lock (memory.Lock)
        {
            // Half of it would be worse than nothing.
            memory.KnownAt = -1;
            memory.RememberNames(_claims!.Numbers.Names.ByText);
            _units.Keep(_work!, result);
            memory.KnownAt = result.Watermark;
        }
    }

    /// <summary>From here on no view is opened or replaced, and nobody is excluded, linked or erased, until the commit is done.</summary>
    /// <returns>Every open view, whoever opened it, and every experiment that an item names; who is one person, and excluded; the batch's number; and the horizon.</returns>
    private async Task<(ViewIndex Index, People People, long Batch, long Horizon)> BeginAsync(Picture published, IReadOnlyCollection<string> keys, CancellationToken cancellation)
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
        var unknown = keys.Where(key => published.Index.Find(key) is null).ToArray();
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

    /// <param name="Index">Every open view, and every experiment that an item names.</param>
    /// <param name="People">Who is one person, and excluded.</param>
    /// <param name="Horizon">The time before which rows have gone.</param>
    /// <param name="Numbers">The numbers under which rows are stored.</param>
    /// <param name="Experiments">Those to lock.</param>
    /// <param name="Events">The stored events of ids that were taken.</param>
    /// <param name="Exposures">The stored exposures of ids that were taken.</param>
    private sealed record Claims(
        ViewIndex Index,
        People People,
        long Horizon,
        CommitNumbers Numbers,
        IReadOnlySet<int> Experiments,
        IReadOnlyDictionary<(int? Scope, Guid Id), EventContent> Events,
        IReadOnlyDictionary<(int Experiment, string Id), ExposureContent> Exposures);
}

/// <param name="Before">The last number before the commit.</param>
internal sealed record CommitResult(long Watermark, long Before, IReadOnlyList<ImmutableArray<ItemFate>> Fates, IReadOnlyList<ViewState> Changed);
