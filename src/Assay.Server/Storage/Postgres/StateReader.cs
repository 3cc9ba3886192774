using System.Collections.Immutable;
using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Experiments as stored, read on a connection whose transaction decides which commits are seen.</summary>
internal static class StateReader
{
    /// <summary>The last commit's number and the version of the views.</summary>
    public static async Task<(long Watermark, long Views)> InstallationAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql("select watermark, views from installation"));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The first time from which rows are kept; <see cref="RetentionPlan.Nowhere"/> while everything is.</summary>
    public static async Task<long> HorizonAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql($"select coalesce(max(horizon), {RetentionPlan.Nowhere}) from retention"));
        return (long)(await batch.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Those experiments that are stored otherwise than they are known.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="known">What is known.</param>
    /// <param name="among">Numbers to look among; null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<IReadOnlyList<ViewState>> ChangedAsync(NpgsqlConnection connection, ViewIndex known, int[]? among, CancellationToken cancellation)
    {
        var changed = new List<int>();
        await using (var batch = connection.Batch(among is null
            ? Sql("select experiment, revision from experiment_views")
            : Sql("select experiment, revision from experiment_views where experiment = any($1)", With(among))))
        {
            await using var rows = await batch.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
                if (known.TryFind(rows.GetInt32(0))?.Revision != rows.GetInt64(1)) changed.Add(rows.GetInt32(0));
        }

        return changed.Count == 0 ? [] : await LoadAsync(connection, known, [.. changed], cancellation);
    }

    /// <summary>Reads experiments whole.</summary>
    public static async Task<IReadOnlyList<ViewState>> LoadAsync(NpgsqlConnection connection, ViewIndex known, int[] experiments, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(
            Sql("select experiment, key, revision, view, touched_by, last_event_at, rearmed, compacted_through, erased, sealed_at from experiment_views where experiment = any($1)", With(experiments)),
            Sql("select experiment, epoch, arm, metric, slice, matures_at, sums from accumulators where experiment = any($1)", With(experiments)),
            Sql("select c.experiment, n.text, c.count, c.total from event_counts c join names n on n.name = c.name where c.experiment = any($1)", With(experiments)),
            Sql("select experiment, variation, day, received, duplicate, refused from receipt_counts where experiment = any($1)", With(experiments)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var states = new List<ViewState>();
        while (await rows.ReadAsync(cancellation)) states.Add(ReadState(rows, known));
        var accumulators = states.ToDictionary(state => state.Id, _ => ImmutableDictionary.CreateBuilder<AccumulatorKey, Accumulator>());
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            accumulators[rows.GetInt32(0)].Add(
                new AccumulatorKey(rows.GetInt32(1), rows.GetInt32(2), rows.GetString(3), rows.GetString(4), rows.GetInt64(5)), Accumulator.Decode(rows.GetFieldValue<byte[]>(6)));
        var events = states.ToDictionary(state => state.Id, state => state.Events.ToBuilder());
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            events[rows.GetInt32(0)].Add(rows.GetString(1), new EventTotal(rows.GetInt64(2), ExactSum.Read(rows.GetFieldValue<byte[]>(3)).Sum));
        var receipts = states.ToDictionary(state => state.Id, state => state.Receipts.ToBuilder());
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            receipts[rows.GetInt32(0)].Add(new ReceiptKey(rows.GetInt32(1), rows.GetInt64(2)), new ReceiptTotals(rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)));
        return states.ConvertAll(state => state with
        {
            Accumulators = accumulators[state.Id].ToImmutable(),
            Events = events[state.Id].ToImmutable(),
            Receipts = receipts[state.Id].ToImmutable(),
        });
    }

    private static ViewState ReadState(NpgsqlDataReader row, ViewIndex known)
    {
        var json = row.TextOrNull(3);
        var before = known.TryFind(row.GetInt32(0))?.Measure;
        return new ViewState(row.GetInt32(0), row.GetString(1))
        {
            Revision = row.GetInt64(2),
            // The same object for the same view: what is derived from views is then not derived again.
            Measure = json is null ? null : before is not null && ViewJson.Write(before.View) == json ? before : new UnitMeasure(ViewJson.Read(json)),
            TouchedBy = row.GetInt64(4),
            LastEventAt = row.Int64OrNull(5),
            Rearmed = row.GetInt64(6),
            CompactedThrough = row.GetInt64(7),
            Erased = row.GetInt64(8),
            SealedAt = row.Int64OrNull(9),
        };
    }
}
