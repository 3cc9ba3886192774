using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Puts a commit's exposures in: those with an id like events, before any lock; those without one when they have been judged.</summary>
internal static class ExposureClaims
{
    private const string Columns = "item, unit, experiment, variation, at, client_at, arrived_at, id, attributes, source";

    /// <returns>The stored exposures of ids that were taken.</returns>
    public static async Task<Dictionary<(int Experiment, string Id), ExposureContent>> PutAsync(
        NpgsqlConnection connection, IReadOnlyList<Batch> batches, CommitNumbers numbers, ViewIndex index, long horizon, CancellationToken cancellation)
    {
        var taken = new Dictionary<(int, string), ExposureContent>();
        var seen = new HashSet<(int, string)>();
        var named = batches.SelectMany(batch => batch.Exposures.Where(item => item.Id is not null).Select(item => (Experiment: numbers.Experiments[batch.Experiment!], Item: item, batch.ArrivedAt)))
            .Where(row => row.Item.At >= horizon && index.Find(row.Experiment).SealedAt is null && seen.Add((row.Experiment, row.Item.Id!))).ToList();
        if (named.Count == 0) return taken;
        using (var staged = await CopiedRows.BeginAsync(connection, "staged_exposures", Columns, cancellation))
        {
            foreach (var (experiment, item, arrivedAt) in named)
            {
                await staged.RowAsync(cancellation);
                Write(staged, experiment, item, arrivedAt, numbers.Units.NumberOf(item.User), numbers);
            }

            await staged.CompleteAsync(cancellation);
        }

        var put = await connection.RunAsync(
            Sql(
                $"""
                insert into exposures (batch, {Columns}) select $1, {Columns} from staged_exposures order by experiment, id
                on conflict (experiment, id) where id is not null do nothing
                """,
                With(numbers.Batch)),
            cancellation);
        if (put == named.Count) return taken;
        await using var batch = connection.Batch(Sql(
            """
            select e.experiment, e.id, u.user_id, e.variation, e.client_at, e.attributes
            from staged_exposures s join exposures e on e.experiment = s.experiment and e.id = s.id join units u on u.unit = e.unit
            where e.id is not null and e.batch <> $1
            """,
            With(numbers.Batch)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            taken.Add((rows.GetInt32(0), rows.GetString(1)), new ExposureContent(rows.GetString(2), rows.GetInt32(3), rows.Int64OrNull(4), rows.TextOrNull(5)));
        return taken;
    }

    /// <summary>Puts in what was found new of the exposures without an id.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, CommitWork work, CommitNumbers numbers, CancellationToken cancellation)
    {
        var unnamed = work.Exposures.Where(row => row.Item.Id is null).ToList();
        if (unnamed.Count == 0) return;
        using var rows = await CopiedRows.BeginAsync(connection, "exposures", $"{Columns}, batch", cancellation);
        foreach (var row in unnamed)
        {
            await rows.RowAsync(cancellation);
            Write(rows, row.Experiment, row.Item, row.ArrivedAt, row.Unit.Unit!.Value, numbers);
            rows.Add(numbers.Batch);
        }

        await rows.CompleteAsync(cancellation);
    }

    private static void Write(CopiedRows rows, int experiment, ExposureItem item, long arrivedAt, long unit, CommitNumbers numbers)
    {
        rows.Add(numbers.NextItem());
        rows.Add(unit);
        rows.Add(experiment);
        rows.Add(item.Variation);
        rows.Add(item.At);
        rows.Add(item.ClientAt);
        rows.Add(arrivedAt);
        rows.Add(item.Id);
        rows.Add(item.Attributes);
        rows.Add(item.Source);
    }
}
