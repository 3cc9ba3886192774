using Assay.Server.Storage.Auditing;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Links between ids in SQL. They change only while no process commits, and every change sets the installation's <c>links</c> to its commit.</summary>
internal static class LinkRows
{
    /// <summary>Who is one person, given who was: what commits since then have made, lifted or erased is read.</summary>
    public static async Task<LinkedUnits> FollowAsync(NpgsqlConnection connection, LinkedUnits known, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(
            Sql("select links from installation"),
            Sql("select unit from erasures where watermark > $1", With(known.Watermark)),
            Sql("select unit, into_unit, lifted_by is not null from identity_links where watermark > $1 or lifted_by > $1 order by lifted_by is null", With(known.Watermark)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var watermark = rows.GetInt64(0);
        if (watermark == known.Watermark) return known;
        var (erased, changes) = (new List<long>(), new List<LinkChange>());
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) erased.Add(rows.GetInt64(0));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) changes.Add(new LinkChange(rows.GetInt64(0), rows.GetInt64(1), rows.GetBoolean(2)));
        return known.Without(watermark, erased).With(watermark, changes);
    }

    /// <summary>Who was one person as a commit left it.</summary>
    public static async Task<LinkedUnits> AsOfAsync(NpgsqlConnection connection, long watermark, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql(
            "select unit, into_unit from identity_links where watermark <= $1 and (lifted_by is null or lifted_by > $1)", With(watermark)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var found = new List<LinkChange>();
        while (await rows.ReadAsync(cancellation)) found.Add(new LinkChange(rows.GetInt64(0), rows.GetInt64(1), IsLifting: false));
        return LinkedUnits.None.With(watermark, found);
    }

    public static async Task SaveAsync(
        NpgsqlConnection connection, IReadOnlyList<LinkChange> changes, IEnumerable<AuditEntry> audit, long watermark, long now, CancellationToken cancellation)
    {
        var (lifted, made) = (changes.Where(change => change.IsLifting).ToList(), changes.Where(change => !change.IsLifting).ToList());
        await using var batch = connection.Batch(
            Sql("update identity_links set lifted_at = $2, lifted_by = $3 where unit = any($1) and lifted_by is null", With(lifted.Select(change => change.Unit).ToArray()), With(now), With(watermark)),
            Sql(
                "insert into identity_links (unit, into_unit, since, watermark) select c.unit, c.into_unit, $3, $4 from unnest($1, $2) as c(unit, into_unit)",
                With(made.Select(change => change.Unit).ToArray()),
                With(made.Select(change => change.Into).ToArray()),
                With(now),
                With(watermark)),
            Sql("update installation set links = $1", With(watermark)));
        await batch.ExecuteNonQueryAsync(cancellation);
        await AuditTrail.AppendAsync(connection, transaction: null, audit, cancellation);
    }
}
