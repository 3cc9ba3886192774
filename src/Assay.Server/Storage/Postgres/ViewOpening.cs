using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Opens an experiment, or replaces its view, while no process commits: every event is either measured here or by a commit that knows the view.</summary>
internal static class ViewOpening
{
    /// <returns>Whether anything was changed.</returns>
    public static async Task<bool> RunAsync(NpgsqlConnection connection, ExperimentView view, ViewIndex published, long now, CancellationToken cancellation)
    {
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock($1, $2)", connection) { CommandTimeout = 0, Parameters = { With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views) } })
            await wait.ExecuteNonQueryAsync(cancellation);
        var isNew = await connection.RunAsync(Sql("insert into experiment_views (key) values ($1) on conflict do nothing", With(view.Key)), cancellation) == 1;
        var known = await FindAsync(connection, view.Key, published, cancellation);
        if (Opening.IsDone(known, view)) return false;

        Opening.Admit(isNew ? null : known, view, await StateReader.HorizonAsync(connection, cancellation));
        var (watermark, _) = await StateReader.InstallationAsync(connection, cancellation);
        var next = Opening.Begin(known, view, now, watermark + 1);
        var names = await NamesAsync(connection, view, cancellation);
        if (Opening.ChangesAnything(isNew ? null : known, view, name => names.GetValueOrDefault(name).LastAt))
        {
            await connection.RunAsync(Sql("select set_config(name, 'on', true) from (values ('enable_seqscan'), ('enable_hashjoin'), ('enable_mergejoin')) settings (name)"), cancellation);
            var measured = await UnitScan.RunAsync(connection, next, cancellation);
            await StateWriter.ReplaceAsync(connection, next.Id, measured, names.ToDictionary(name => name.Key, name => name.Value.Name, StringComparer.Ordinal), cancellation);
            next = Opening.Take(next, measured);
        }

        await using var batch = connection.Batch(
            Sql("update installation set watermark = watermark + 1, views = views + 1"),
            Sql("insert into commits (batch, watermark, committed_at) select nextval('batches'), watermark, $1 from installation", With(now)),
            Sql(
                """
                update experiment_views set revision = revision + 1, view = $2, touched_by = $3, last_event_at = $4, compacted_through = $5
                where experiment = $1
                """,
                With(next.Id), With(ViewJson.Write(view)), With(next.TouchedBy), With(next.LastEventAt), With(next.CompactedThrough)),
            Sql("select pg_notify('assay_commit', '')"));
        if (ArrivalPacking.Pack([ArrivalChange.OfOpening(isNew ? null : known, next)]) is { } counts)
            batch.BatchCommands.Add(Sql("insert into arrivals (watermark, number, at, counts) select watermark, nextval('batches'), $1, $2 from installation", With(now), With(counts)));
        await batch.ExecuteNonQueryAsync(cancellation);
        return true;
    }

    /// <summary>Whether the view is held already, by whatever commits there have been.</summary>
    public static async Task<bool> IsStoredAsync(NpgsqlConnection connection, ExperimentView view, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select view from experiment_views where key = $1", connection) { Parameters = { With(view.Key) } };
        return await command.ExecuteScalarAsync(cancellation) is string stored && stored == ViewJson.Write(view);
    }

    /// <summary>An experiment as this transaction sees it; null when unknown.</summary>
    public static async Task<ViewState?> TryFindAsync(NpgsqlConnection connection, string key, ViewIndex published, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select experiment from experiment_views where key = $1", connection) { Parameters = { With(key) } };
        return await command.ExecuteScalarAsync(cancellation) is int experiment ? (await StateReader.LoadAsync(connection, published, [experiment], cancellation))[0] : null;
    }

    private static async Task<ViewState> FindAsync(NpgsqlConnection connection, string key, ViewIndex published, CancellationToken cancellation) =>
        (await TryFindAsync(connection, key, published, cancellation))!;

    private static async Task<Dictionary<string, (int Name, long? LastAt)>> NamesAsync(NpgsqlConnection connection, ExperimentView view, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql("select text, name, last_at from names where text = any($1)", With(view.Plans.Select(plan => plan.Event).Distinct(StringComparer.Ordinal).ToArray())));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var names = new Dictionary<string, (int, long?)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation)) names.Add(rows.GetString(0), (rows.GetInt32(1), rows.Int64OrNull(2)));
        return names;
    }
}
