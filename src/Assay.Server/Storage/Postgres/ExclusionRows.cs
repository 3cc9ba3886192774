using Assay.Server.Storage.Auditing;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Exclusions in SQL. They change only while no process commits, and every change makes the version of the views grow.</summary>
internal static class ExclusionRows
{
    /// <summary>Who is excluded, given who was: those that commits since then have changed are read, first what ended and then what stands.</summary>
    public static async Task<ExcludedUnits> FollowAsync(NpgsqlConnection connection, ExcludedUnits known, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql(
            "select unit, experiment, lifted_by is not null, coalesce(lifted_by, watermark) from exclusions where watermark > $1 or lifted_by > $1 order by lifted_by is null", With(known.Watermark)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var (watermark, changes) = (known.Watermark, new List<ExclusionChange>());
        while (await rows.ReadAsync(cancellation))
        {
            changes.Add(new ExclusionChange(rows.GetInt64(0), rows.GetInt32(1), rows.GetBoolean(2)));
            watermark = Math.Max(watermark, rows.GetInt64(3));
        }

        return changes.Count == 0 ? known : known.With(watermark, changes);
    }

    /// <summary>Numbers of units that are excluded from an experiment, as a commit left it; the last unless told.</summary>
    public static async Task<HashSet<long>> AmongAsync(NpgsqlConnection connection, int experiment, long? asOf, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(asOf is { } commit
            ? Sql("select unit from exclusions where watermark <= $2 and (lifted_by is null or lifted_by > $2) and experiment in (0, $1)", With(experiment), With(commit))
            : Sql("select unit from exclusions where lifted_by is null and experiment in (0, $1)", With(experiment)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var found = new HashSet<long>();
        while (await rows.ReadAsync(cancellation)) found.Add(rows.GetInt64(0));
        return found;
    }

    /// <summary>Stores what changes, and says so in the audit.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, IReadOnlyList<ExclusionChange> changes, IEnumerable<AuditEntry> audit, long watermark, long now, CancellationToken cancellation)
    {
        var (lifted, made) = (changes.Where(change => change.IsLifting).ToList(), changes.Where(change => !change.IsLifting).ToList());
        await using var batch = connection.Batch(
            Sql(
                "update exclusions x set lifted_at = $3, lifted_by = $4 from unnest($1, $2) as c(unit, experiment) where x.unit = c.unit and x.experiment = c.experiment and x.lifted_by is null",
                With(lifted.Select(change => change.Unit).ToArray()), With(lifted.Select(change => change.Experiment).ToArray()), With(now), With(watermark)),
            Sql(
                "insert into exclusions (unit, experiment, reason, since, watermark) select c.unit, c.experiment, c.reason, $4, $5 from unnest($1, $2, $3) as c(unit, experiment, reason)",
                With(made.Select(change => change.Unit).ToArray()),
                With(made.Select(change => change.Experiment).ToArray()),
                With(made.Select(change => change.Reason).ToArray()),
                With(now),
                With(watermark)));
        await batch.ExecuteNonQueryAsync(cancellation);
        await AuditTrail.AppendAsync(connection, transaction: null, audit, cancellation);
    }
}
