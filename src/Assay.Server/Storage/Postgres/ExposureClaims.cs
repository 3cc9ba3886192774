using Assay.Server.Storage.Commits;
using Npgsql;
using NpgsqlTypes;
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
        await using (var writer = await connection.BeginBinaryImportAsync($"copy staged_exposures ({Columns}) from stdin (format binary)", cancellation))
        {
            foreach (var (experiment, item, arrivedAt) in named) await WriteAsync(writer, experiment, item, arrivedAt, numbers.Units.ByText[item.UserId], numbers, cancellation);
            await writer.CompleteAsync(cancellation);
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
        await using var writer = await connection.BeginBinaryImportAsync($"copy exposures ({Columns}, batch) from stdin (format binary)", cancellation);
        foreach (var row in unnamed)
        {
            await WriteAsync(writer, row.Experiment, row.Item, row.ArrivedAt, row.Unit.Unit!.Value, numbers, cancellation);
            await writer.WriteAsync(numbers.Batch, NpgsqlDbType.Bigint, cancellation);
        }

        await writer.CompleteAsync(cancellation);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter writer, int experiment, ExposureItem item, long arrivedAt, long unit, CommitNumbers numbers, CancellationToken cancellation)
    {
        await writer.StartRowAsync(cancellation);
        await writer.WriteAsync(numbers.NextItem(), NpgsqlDbType.Integer, cancellation);
        await writer.WriteAsync(unit, NpgsqlDbType.Bigint, cancellation);
        await writer.WriteAsync(experiment, NpgsqlDbType.Integer, cancellation);
        await writer.WriteAsync(item.Variation, NpgsqlDbType.Integer, cancellation);
        await writer.WriteAsync(item.At, NpgsqlDbType.Bigint, cancellation);
        await writer.WriteOrNullAsync(item.ClientAt, cancellation);
        await writer.WriteAsync(arrivedAt, NpgsqlDbType.Bigint, cancellation);
        await writer.WriteOrNullAsync(item.Id, cancellation);
        await writer.WriteOrNullAsync(item.Attributes, cancellation);
        await writer.WriteOrNullAsync(item.Source, cancellation);
    }
}
