using System.Collections.Immutable;
using Assay.Server.Storage.Auditing;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>An erasure in its transaction, while no other process commits. That the version of the views grows tells every process that numbers of units which it remembers may be gone.</summary>
internal sealed class ErasureRun(WriterSession session, string userId, string actor, long now)
{
    private static readonly Numbers<int> NoNames = new(ImmutableDictionary<string, int>.Empty, ImmutableHashSet<int>.Empty);

    /// <returns>Null for a unit that is not known.</returns>
    public async Task<ErasedUnit?> RunAsync(Picture published, CancellationToken cancellation)
    {
        var connection = session.Connection;
        await connection.RunAsync(Sql("select pg_advisory_xact_lock($1, $2)", With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views)), cancellation);
        if (await FindAsync(cancellation) is not var (unit, batch)) return null;
        var index = published.Index.With(published.Index.Watermark, await StateReader.ChangedAsync(connection, published.Index, among: null, cancellation));
        var excluded = await ExclusionRows.FollowAsync(connection, published.People.Excluded, cancellation);
        var links = await LinkRows.FollowAsync(connection, published.People.Links, cancellation);
        var (number, _) = await StateReader.InstallationAsync(connection, cancellation);

        // What leaves is measured from what is stored, whatever is remembered.
        session.Forget();
        var units = new CommitUnits(session);
        units.Know(userId, unit);
        await units.JoinAsync(links, cancellation);
        var numbers = new CommitNumbers(batch, units, NoNames, ImmutableDictionary<string, int>.Empty);
        await units.LoadAsync(new StoredUnits(session, index, batch), number, cancellation);
        var drafts = new Drafts(index, static (_, key) => throw new System.Diagnostics.UnreachableException($"'{key}' was numbered before."));
        var rows = new FetchedRows(
            numbers, units, index.Opened.Select(view => view.Id).ToHashSet(), ImmutableDictionary<(int?, Guid), EventContent>.Empty, ImmutableDictionary<(int, string), ExposureContent>.Empty);
        var work = new CommitWork(rows, drafts, links, session.Room);
        var person = links.Holds(unit) ? links.UnitsOf(links.PersonOf(unit)) : [unit];
        var left = work.Erase(links.Holds(unit) ? person.ConvertAll(member => work.Find(member)) : [work.Find(userId, numbers: false)], index.Opened, excluded);

        await StateWriter.SaveAsync(connection, left, await NamesAsync(left, cancellation), cancellation);
        var (counts, exclusions, linked) = await DeleteAsync([.. person], left, cancellation);
        var watermark = await StateWriter.NumberAsync(connection, left, numbers, hasRows: true, rows.LastAt, now, cancellation);
        var erased = new ErasedUnit(person[0], [.. person], counts, exclusions, linked, [.. left.Select(view => view.State.Key).Order(StringComparer.Ordinal)], index.Sealed.Count(), watermark);
        await using var last = connection.Batch(Sql("insert into erasures (watermark, unit, at) select $1, unit, $3 from unnest($2) as e(unit)", With(watermark), With(person.ToArray()), With(now)));
        if (linked > 0) last.BatchCommands.Add(Sql("update installation set links = $1", With(watermark)));
        await last.ExecuteNonQueryAsync(cancellation);
        await AuditTrail.AppendAsync(connection, transaction: null, HygieneAudit.Of(erased, actor, now), cancellation);
        return erased;
    }

    /// <returns>The unit's number and that of the batch; null for a unit that is not known.</returns>
    private async Task<(long Unit, long Batch)?> FindAsync(CancellationToken cancellation)
    {
        await using var query = session.Connection.Batch(Sql("select unit, nextval('batches') from units where user_id = $1", With(userId)));
        await using var row = await query.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    private async Task<Dictionary<string, int>> NamesAsync(IReadOnlyList<ViewDraft> left, CancellationToken cancellation)
    {
        var texts = left.SelectMany(view => view.Events.Keys).Distinct(StringComparer.Ordinal).ToArray();
        await using var query = session.Connection.Batch(Sql("select text, name from names where text = any($1)", With(texts)));
        await using var row = await query.ExecuteReaderAsync(cancellation);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellation)) names.Add(row.GetString(0), row.GetInt32(1));
        return names;
    }

    private async Task<(ErasedRows Rows, long Exclusions, long Links)> DeleteAsync(long[] units, IReadOnlyList<ViewDraft> left, CancellationToken cancellation)
    {
        await using var batch = session.Connection.Batch(
            Of("exposures"),
            Of("events"),
            Of("covariates"),
            Of("exclusions"),
            Sql("delete from identity_links where unit = any($1) or into_unit = any($1)", With(units)),
            Of("units"),
            Sql("update experiment_views set erased = erased + 1 where experiment = any($1)", With(left.Select(view => view.State.Id).ToArray())),
            Sql("update installation set views = views + 1"));
        await batch.ExecuteNonQueryAsync(cancellation);
        return (new ErasedRows(Removed(0), Removed(1), Removed(2)), Removed(3), Removed(4));

        long Removed(int command) => batch.BatchCommands[command].RecordsAffected;

        NpgsqlBatchCommand Of(string table) => Sql($"delete from {table} where unit = any($1)", With(units));
    }
}
