using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Stores what a commit changed of its experiments: a few statements, whatever their number.</summary>
internal static class StateWriter
{
    private const string Key = "(experiment, epoch, arm, metric, slice, matures_at)";

    public static async Task SaveAsync(NpgsqlConnection connection, IReadOnlyList<ViewDraft> drafts, IReadOnlyDictionary<string, int> names, CancellationToken cancellation)
    {
        await using var batch = connection.Batch();
        AddAccumulators(batch, [.. drafts.SelectMany(draft => draft.ChangedAccumulators.Select(entry => (draft.State.Id, entry.Key, entry.Value)))]);
        AddEventTotals(batch, [.. drafts.SelectMany(draft => draft.Events.Select(entry => (draft.State.Id, names[entry.Key], entry.Value)))]);
        AddReceipts(batch, [.. drafts.SelectMany(draft => draft.Receipts.Select(entry => (draft.State.Id, entry.Key.Variation, entry.Key.Day, entry.Value)))]);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stores a full measure in place of what was there.</summary>
    public static async Task ReplaceAsync(NpgsqlConnection connection, int experiment, FullMeasure measured, IReadOnlyDictionary<string, int> names, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(
            Sql("delete from accumulators where experiment = $1", With(experiment)), Sql("delete from event_counts where experiment = $1", With(experiment)));
        AddAccumulators(batch, [.. measured.Accumulators.Changed.Select(entry => (experiment, entry.Key, entry.Value))]);
        AddEventTotals(batch, [.. measured.Events.Select(entry => (experiment, names[entry.Key], entry.Value))]);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Gives the commit its number and the experiments their new state: from here on every other commit waits for this one.</summary>
    /// <returns>The number; that of the last commit when this one stores no row.</returns>
    public static async Task<long> NumberAsync(
        NpgsqlConnection connection, IReadOnlyList<ViewDraft> drafts, CommitNumbers numbers, bool hasRows, IReadOnlyDictionary<int, long> lastAt, long now, CancellationToken cancellation)
    {
        var changed = drafts.Where(draft => draft.IsChanged).ToList();
        await using var batch = connection.Batch(
            Sql($"{(hasRows ? "update installation set watermark = watermark + 1 returning watermark" : "select watermark from installation")}"),
            Sql(
                """
                update experiment_views v set revision = v.revision + 1, touched_by = case when d.is_touched then i.watermark else v.touched_by end,
                  last_event_at = d.last_event_at, rearmed = d.rearmed, compacted_through = d.compacted_through
                from unnest($1, $2, $3, $4, $5) as d(experiment, is_touched, last_event_at, rearmed, compacted_through), installation i
                where v.experiment = d.experiment
                """,
                With(changed.Select(draft => draft.State.Id).ToArray()),
                With(changed.Select(draft => draft.IsTouched).ToArray()),
                With(changed.Select(draft => draft.LastEventAt).ToArray()),
                With(changed.Select(draft => draft.Rearmed).ToArray()),
                With(changed.Select(draft => draft.CompactedThrough).ToArray())));
        if (hasRows)
        {
            batch.BatchCommands.Add(Sql("insert into commits (batch, watermark, committed_at) select $1, watermark, $2 from installation", With(numbers.Batch), With(now)));
            batch.BatchCommands.Add(Sql(
                "update names n set last_at = d.at from unnest($1, $2) as d(name, at) where n.name = d.name and (n.last_at is null or n.last_at < d.at)",
                With(lastAt.Keys.ToArray()),
                With(lastAt.Values.ToArray())));
        }

        if (ArrivalPacking.Pack(changed.Select(ArrivalChange.Of)) is { } counts)
            batch.BatchCommands.Add(Sql("insert into arrivals (watermark, number, at, counts) select watermark, $1, $2, $3 from installation", With(numbers.Batch), With(now), With(counts)));
        batch.BatchCommands.Add(Sql("select pg_notify('assay_commit', '')"));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var watermark = row.GetInt64(0);
        while (await row.NextResultAsync(cancellation))
        {
        }

        return watermark;
    }

    private static void AddAccumulators(NpgsqlBatch batch, (int Experiment, AccumulatorKey Key, Accumulator Value)[] changed)
    {
        if (changed.Where(row => !row.Value.IsEmpty).ToArray() is { Length: > 0 } kept)
        {
            var command = Sql($"insert into accumulators select * from unnest($1, $2, $3, $4, $5, $6, $7) on conflict {Key} do update set sums = excluded.sums", KeysOf(kept));
            command.Parameters.Add(With(kept.Select(row => row.Value.Encode()).ToArray()));
            batch.BatchCommands.Add(command);
        }

        if (changed.Where(row => row.Value.IsEmpty).ToArray() is { Length: > 0 } emptied)
            batch.BatchCommands.Add(Sql($"delete from accumulators where {Key} in (select * from unnest($1, $2, $3, $4, $5, $6))", KeysOf(emptied)));
    }

    private static NpgsqlParameter[] KeysOf((int Experiment, AccumulatorKey Key, Accumulator Value)[] rows) =>
    [
        With(rows.Select(row => row.Experiment).ToArray()),
        With(rows.Select(row => row.Key.Epoch).ToArray()),
        With(rows.Select(row => row.Key.Arm).ToArray()),
        With(rows.Select(row => row.Key.Metric).ToArray()),
        With(rows.Select(row => row.Key.Slice).ToArray()),
        With(rows.Select(row => row.Key.MaturesAt).ToArray()),
    ];

    private static void AddEventTotals(NpgsqlBatch batch, (int Experiment, int Name, EventTotal Total)[] rows)
    {
        if (rows.Length == 0) return;
        batch.BatchCommands.Add(Sql(
            """
            insert into event_counts (experiment, name, count, total) select * from unnest($1, $2, $3, $4)
            on conflict (experiment, name) do update set count = excluded.count, total = excluded.total
            """,
            With(rows.Select(row => row.Experiment).ToArray()),
            With(rows.Select(row => row.Name).ToArray()),
            With(rows.Select(row => row.Total.Count).ToArray()),
            With(rows.Select(row => row.Total.EncodeValues()).ToArray())));
    }

    private static void AddReceipts(NpgsqlBatch batch, (int Experiment, int Variation, long Day, ReceiptTotals Totals)[] rows)
    {
        if (rows.Length == 0) return;
        batch.BatchCommands.Add(Sql(
            """
            insert into receipt_counts as r (experiment, variation, day, received, duplicate, refused) select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (experiment, variation, day)
            do update set received = r.received + excluded.received, duplicate = r.duplicate + excluded.duplicate, refused = r.refused + excluded.refused
            """,
            With(rows.Select(row => row.Experiment).ToArray()),
            With(rows.Select(row => row.Variation).ToArray()),
            With(rows.Select(row => row.Day).ToArray()),
            With(rows.Select(row => row.Totals.Received).ToArray()),
            With(rows.Select(row => row.Totals.Duplicate).ToArray()),
            With(rows.Select(row => row.Totals.Refused).ToArray())));
    }
}
