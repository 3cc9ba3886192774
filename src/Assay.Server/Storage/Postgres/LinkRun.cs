using System.Collections.Immutable;
using System.Diagnostics;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>A commit of links in its transaction, while no other process commits: every row is measured either here or by a commit that knows who is one person.</summary>
/// <remarks>Links are made all day long. The version of the views stays as it is, so that what is remembered of units stays too.</remarks>
internal sealed class LinkRun(WriterSession session, IReadOnlyList<LinkBatch> batches, long now)
{
    private static readonly Numbers<int> NoNames = new(ImmutableDictionary<string, int>.Empty, ImmutableHashSet<int>.Empty);
    private readonly CommitUnits _units = new(session) { IsWhole = true };
    private bool _isKnown;

    /// <returns>What became of the items of each request; null for the watermark when nothing changed.</returns>
    public async Task<(IReadOnlyList<ImmutableArray<LinkFate>> Fates, long? Watermark)> RunAsync(Picture published, CancellationToken cancellation)
    {
        var connection = session.Connection;
        await connection.RunAsync(Sql("select pg_advisory_xact_lock($1, $2)", With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views)), cancellation);
        var (last, views) = await StateReader.InstallationAsync(connection, cancellation);
        session.See(views);
        _isKnown = session.Memory.KnownAt == last;
        var index = published.Index.With(published.Index.Watermark, await StateReader.ChangedAsync(connection, published.Index, among: null, cancellation));
        var before = new People(
            await ExclusionRows.FollowAsync(connection, published.People.Excluded, cancellation), await LinkRows.FollowAsync(connection, published.People.Links, cancellation));

        foreach (var user in batches.SelectMany(batch => batch.Items.SelectMany(item => batch.IsLifting ? (string[])[item.AnonymousId] : [item.AnonymousId, item.UserId]))) _units.Name(user);
        await _units.NumberAsync(cancellation);
        await _units.JoinAsync(before.Links, cancellation);
        var numbers = new CommitNumbers(await NextBatchAsync(cancellation), _units, NoNames, ImmutableDictionary<string, int>.Empty);
        await _units.LoadAsync(new StoredUnits(session, index, numbers.Batch), last, cancellation);
        var drafts = new Drafts(index, static (_, key) => throw new UnreachableException($"'{key}' was numbered before."));
        var rows = new FetchedRows(
            numbers, _units, index.Opened.Select(view => view.Id).ToHashSet(), ImmutableDictionary<(int?, Guid), EventContent>.Empty, ImmutableDictionary<(int, string), ExposureContent>.Empty);
        var links = new LinkWork(new CommitWork(rows, drafts, before.Links, session.Room), index, before);
        var fates = batches.Select(links.Accept).ToList();
        await RemoveUnusedAsync(_units.Fresh.Except(links.Changes.SelectMany(change => (long[])[change.Unit, change.Into])).ToArray(), cancellation);
        if (links.Changes.Count == 0) return (fates, null);

        links.Exchange(last);
        var changed = drafts.Changed.ToList();
        await StateWriter.SaveAsync(connection, changed, ImmutableDictionary<string, int>.Empty, cancellation);
        var watermark = await StateWriter.NumberAsync(connection, changed, numbers, hasRows: true, rows.LastAt, now, cancellation);
        await LinkRows.SaveAsync(connection, links.Changes, links.Audit(watermark, now), watermark, now, cancellation);
        return (fates, watermark);
    }

    /// <summary>The transaction is on disk: it has stored no row, so that what was remembered holds as of it.</summary>
    public void Keep(long? watermark)
    {
        if (_isKnown && watermark is { } number) session.Memory.KnownAt = number;
    }

    /// <summary>Who was named by refused items alone is not kept.</summary>
    private async Task RemoveUnusedAsync(long[] units, CancellationToken cancellation)
    {
        if (units.Length > 0) await session.Connection.RunAsync(Sql("delete from units where unit = any($1)", With(units)), cancellation);
    }

    private async Task<long> NextBatchAsync(CancellationToken cancellation)
    {
        await using var query = session.Connection.Batch(Sql("select nextval('batches')"));
        return (long)(await query.ExecuteScalarAsync(cancellation))!;
    }
}
