using Assay.Server.Storage.Commits;
using Npgsql;
using NpgsqlTypes;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Puts a commit's events in, where their ids are free: copied into a staging table, then moved in one statement. No lock of an experiment is held meanwhile.</summary>
/// <remarks>Whoever comes second with an id waits for the first to commit. Ids are taken in their order, so that two commits cannot wait for one another.</remarks>
internal static class EventClaims
{
    private const string Copy = "copy staged_events (item, unit, name, at, client_at, arrived_at, value, scope, id, properties) from stdin (format binary)";

    /// <returns>The stored events of ids that were taken.</returns>
    public static async Task<Dictionary<(int? Scope, Guid Id), EventContent>> PutAsync(
        NpgsqlConnection connection, IReadOnlyList<Batch> batches, CommitNumbers numbers, CancellationToken cancellation)
    {
        var taken = new Dictionary<(int?, Guid), EventContent>();
        var staged = await StageAsync(connection, batches, numbers, cancellation);
        if (staged == 0) return taken;
        var put = await connection.RunAsync(
            Sql(
                """
                insert into events (unit, batch, item, name, at, client_at, arrived_at, value, scope, id, properties)
                select unit, $1, item, name, at, client_at, arrived_at, value, scope, id, properties from staged_events order by scope, id, item
                on conflict (scope, id) where id is not null do nothing
                """,
                With(numbers.Batch)),
            cancellation);
        if (put == staged) return taken;
        await using var batch = connection.Batch(Sql(
            """
            select e.scope, e.id, u.user_id, n.text, e.value, e.client_at, e.properties
            from staged_events s join events e on e.scope = s.scope and e.id = s.id join units u on u.unit = e.unit join names n on n.name = e.name
            where s.id is not null and e.id is not null and e.batch <> $1
            """,
            With(numbers.Batch)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var scope = rows.GetInt32(0);
            taken.Add(
                (scope == 0 ? null : scope, rows.GetGuid(1)),
                new EventContent(rows.GetString(2), rows.GetString(3), rows.GetDouble(4), rows.Int64OrNull(5), rows.TextOrNull(6)));
        }

        return taken;
    }

    private static async Task<int> StageAsync(NpgsqlConnection connection, IReadOnlyList<Batch> batches, CommitNumbers numbers, CancellationToken cancellation)
    {
        if (batches.All(batch => batch.Events.IsEmpty)) return 0;
        var seen = new HashSet<(int, Guid)>();
        await using var writer = await connection.BeginBinaryImportAsync(Copy, cancellation);
        var staged = 0;
        foreach (var batch in batches)
        {
            foreach (var item in batch.Events)
            {
                var scope = item.Scope is { } key ? numbers.Experiments[key] : 0;
                Guid? id = item.Id is { } text ? EventId.Of(text) : null;
                if (id is { } known && !seen.Add((scope, known))) continue;
                await writer.StartRowAsync(cancellation);
                await writer.WriteAsync(numbers.NextItem(), NpgsqlDbType.Integer, cancellation);
                await writer.WriteAsync(numbers.Units.ByText[item.UserId], NpgsqlDbType.Bigint, cancellation);
                await writer.WriteAsync(numbers.Names.ByText[item.Name], NpgsqlDbType.Integer, cancellation);
                await writer.WriteAsync(item.At, NpgsqlDbType.Bigint, cancellation);
                await writer.WriteOrNullAsync(item.ClientAt, cancellation);
                await writer.WriteAsync(batch.ArrivedAt, NpgsqlDbType.Bigint, cancellation);
                await writer.WriteAsync(item.Value, NpgsqlDbType.Double, cancellation);
                await writer.WriteAsync(scope, NpgsqlDbType.Integer, cancellation);
                await writer.WriteOrNullAsync(id, cancellation);
                await writer.WriteOrNullAsync(item.Properties, cancellation);
                staged++;
            }
        }

        await writer.CompleteAsync(cancellation);
        return staged;
    }
}
