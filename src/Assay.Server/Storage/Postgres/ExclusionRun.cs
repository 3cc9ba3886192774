using System.Collections.Immutable;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>A commit of exclusions in its transaction, while no other process commits: every row is measured either here or by a commit that knows who is excluded.</summary>
internal sealed class ExclusionRun(WriterSession session, ExclusionBatch batch, long now)
{
    private readonly CommitUnits _units = new(session);
    private static readonly Numbers<int> NoNames = new(ImmutableDictionary<string, int>.Empty, ImmutableHashSet<int>.Empty);

    /// <returns>What became of the items; null for the watermark when nothing changed.</returns>
    public async Task<(ImmutableArray<ItemFate> Fates, long? Watermark)> RunAsync(Picture published, CancellationToken cancellation)
    {
        var connection = session.Connection;
        await connection.RunAsync(Sql("select pg_advisory_xact_lock($1, $2)", With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views)), cancellation);
        var (last, views) = await StateReader.InstallationAsync(connection, cancellation);
        session.See(views);
        if (!batch.IsLifting && Keys().Where(key => published.Index.Find(key) is null).ToArray() is { Length: > 0 } unknown) await session.AddExperimentsAsync(unknown, cancellation);
        var index = published.Index.With(published.Index.Watermark, await StateReader.ChangedAsync(connection, published.Index, among: null, cancellation));
        var before = new People(
            await ExclusionRows.FollowAsync(connection, published.People.Excluded, cancellation), await LinkRows.FollowAsync(connection, published.People.Links, cancellation));
        if (!await NumberAsync(cancellation)) return ([.. batch.Items.Select(_ => ItemFate.Duplicate)], null);

        await _units.JoinAsync(before.Links, cancellation);
        var numbers = new CommitNumbers(await NextBatchAsync(cancellation), _units, NoNames, ImmutableDictionary<string, int>.Empty);
        await _units.LoadAsync(new StoredUnits(session, index, numbers.Batch), last, cancellation);
        var drafts = new Drafts(index, static (_, key) => throw new System.Diagnostics.UnreachableException($"'{key}' was numbered before."));
        var rows = new FetchedRows(
            numbers, _units, index.Opened.Select(view => view.Id).ToHashSet(), ImmutableDictionary<(int?, Guid), EventContent>.Empty, ImmutableDictionary<(int, string), ExposureContent>.Empty);
        var exclusions = new ExclusionWork(new CommitWork(rows, drafts, before.Links, session.Room), drafts, index, before);
        var fates = exclusions.Accept(batch);
        if (exclusions.Changes.Count == 0) return (fates, null);

        exclusions.Exchange(before.Excluded.Watermark);
        var changed = drafts.Changed.ToList();
        await StateWriter.SaveAsync(connection, changed, ImmutableDictionary<string, int>.Empty, cancellation);
        await connection.RunAsync(Sql("update installation set views = views + 1"), cancellation);
        var watermark = await StateWriter.NumberAsync(connection, changed, numbers, hasRows: true, rows.LastAt, now, cancellation);
        await ExclusionRows.SaveAsync(
            connection, exclusions.Changes, HygieneAudit.Of(batch, exclusions.Changes, id => index.Find(id).Key, watermark, now), watermark, now, cancellation);
        return (fates, watermark);
    }

    private IEnumerable<string> Keys() => batch.Items.Select(item => item.Experiment).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Gives numbers where an exclusion needs one.</summary>
    /// <returns>False where one that is to be lifted has none.</returns>
    private async Task<bool> NumberAsync(CancellationToken cancellation)
    {
        var users = batch.Items.Select(item => item.UserId).ToHashSet(StringComparer.Ordinal);
        if (!batch.IsLifting)
        {
            foreach (var user in users) _units.Name(user);
            await _units.NumberAsync(cancellation);
            return true;
        }

        await using var query = session.Connection.Batch(Sql("select user_id, unit from units where user_id = any($1)", With(users.ToArray())));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var found = 0;
        for (; await rows.ReadAsync(cancellation); found++) _units.Know(rows.GetString(0), rows.GetInt64(1));
        return found == users.Count;
    }

    private async Task<long> NextBatchAsync(CancellationToken cancellation)
    {
        await using var query = session.Connection.Batch(Sql("select nextval('batches')"));
        return (long)(await query.ExecuteScalarAsync(cancellation))!;
    }
}
