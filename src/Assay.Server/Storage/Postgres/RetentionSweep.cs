using Assay.Server.Storage.Auditing;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>
/// Removes what has gone, a part with each transaction, while no process commits: blocks of a table, then units that have nothing left. Where it is, it knows in memory only; after an
/// interruption a new one begins at the beginning, and finds done what was done.
/// </summary>
/// <param name="watermark">The commit that moved the horizon.</param>
/// <param name="horizon">Events before this time go.</param>
internal sealed class RetentionSweep(long watermark, long horizon)
{
    /// <summary>Some 60,000 rows.</summary>
    private const long BlocksAtOnce = 1_024;

    private const long UnitsAtOnce = 10_000;

    private static readonly (string Table, string Gone)[] Tables =
    [
        ("exposures", "experiment in (select experiment from experiment_views where sealed_at is not null)"),
        ("covariates", "experiment in (select experiment from experiment_views where sealed_at is not null)"),
        ("events", "at < "),
    ];

    private readonly long[] _counts = new long[Tables.Length];
    private int _stage;
    private long _place;

    public bool IsDone => _stage > Tables.Length;

    /// <summary>Rows removed.</summary>
    public RowCounts Removed => new(_counts[0], _counts[2], _counts[1]);

    /// <summary>Units removed.</summary>
    public long Units { get; private set; }

    /// <summary>The sweep of what has gone and may still be there; null where nothing is.</summary>
    public static async Task<RetentionSweep?> BeginAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql("select max(watermark), max(horizon) from retention where swept_at is null"));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.IsDBNull(0) ? null : new RetentionSweep(row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>Does the next part.</summary>
    public async Task StepAsync(NpgsqlConnection connection, long now, CancellationToken cancellation)
    {
        await connection.RunAsync(Sql("select pg_advisory_xact_lock($1, $2)", With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views)), cancellation);
        var isOver = _stage < Tables.Length ? await RemoveRowsAsync(connection, cancellation) : await RemoveUnitsAsync(connection, cancellation);
        (_stage, _place) = isOver ? (_stage + 1, 0) : (_stage, _place);
        if (IsDone) await SaveSweptAsync(connection, now, cancellation);
    }

    /// <returns>Whether the table's last block was among them. Rows that came meanwhile have not gone.</returns>
    private async Task<bool> RemoveRowsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var (table, gone) = Tables[_stage];
        var to = _place + BlocksAtOnce;
        await using var batch = connection.Batch(
            Sql($"delete from {table} where ctid >= '({_place},0)'::tid and ctid < '({to},0)'::tid and {gone}{(table == "events" ? $"{horizon}" : "")}"),
            Sql($"select pg_relation_size('{table}') / current_setting('block_size')::bigint"));
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            _place = to;
            to = row.GetInt64(0);
        }

        _counts[_stage] += (long)batch.BatchCommands[0].RecordsAffected;
        return _place >= to;
    }

    /// <summary>Removes units that have neither a row, nor an exclusion nor a link in force; processes that remember their numbers are told by the version of the views.</summary>
    private async Task<bool> RemoveUnitsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var to = _place + UnitsAtOnce;
        await using var batch = connection.Batch(
            Sql(
                "update retention set last_unit = greatest(last_unit, (select coalesce(max(unit), 0) from units)) where watermark = $1 returning (select coalesce(max(unit), 0) from units)",
                With(watermark)),
            Sql(
                """
                with gone as (
                  delete from units u where u.unit > $1 and u.unit <= $2
                    and not exists (select 1 from events r where r.unit = u.unit) and not exists (select 1 from exposures r where r.unit = u.unit)
                    and not exists (select 1 from covariates r where r.unit = u.unit) and not exists (select 1 from exclusions x where x.unit = u.unit and x.lifted_at is null)
                    and not exists (select 1 from identity_links l where l.unit = u.unit and l.lifted_by is null)
                    and not exists (select 1 from identity_links l where l.into_unit = u.unit and l.lifted_by is null)
                  returning unit),
                lifted as (delete from exclusions x using gone where x.unit = gone.unit),
                parted as (delete from identity_links l using gone where l.unit = gone.unit or l.into_unit = gone.unit)
                select count(*) from gone
                """,
                With(_place), With(to)));
        long last, gone;
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            last = row.GetInt64(0);
            await row.NextResultAsync(cancellation);
            await row.ReadAsync(cancellation);
            gone = row.GetInt64(0);
        }

        if (gone > 0) await connection.RunAsync(Sql("update installation set views = views + 1"), cancellation);
        (_place, Units) = (to, Units + gone);
        return to >= last;
    }

    /// <summary>Another process may have said so before.</summary>
    private async Task SaveSweptAsync(NpgsqlConnection connection, long now, CancellationToken cancellation)
    {
        var swept = await connection.RunAsync(Sql("update retention set swept_at = $2 where swept_at is null and watermark <= $1", With(watermark), With(now)), cancellation);
        if (swept > 0) await AuditTrail.AppendAsync(connection, transaction: null, [RetentionWork.Audit(Removed, Units, watermark, now)], cancellation);
    }
}
