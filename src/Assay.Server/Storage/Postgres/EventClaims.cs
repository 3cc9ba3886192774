using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Puts a commit's events in, where their ids are free. No lock of an experiment is held meanwhile.</summary>
/// <remarks>
/// Most often all ids are new: the events are copied into the table. Where one was taken, the copy is undone, and they are copied into a staging table and moved in one statement
/// that leaves out what is there. Whoever comes second with an id waits for the first to commit. Ids are taken in their order, so that two commits cannot wait for one another.
/// </remarks>
internal static class EventClaims
{
    private const string Columns = "unit, batch, item, name, at, client_at, arrived_at, value, scope, id, properties, id_text";

    /// <summary>After a repetition this many commits expect another one: clients that send again do so for a while.</summary>
    private const int Wary = 16;

    /// <returns>The stored events of ids that were taken.</returns>
    public static async Task<Dictionary<(int? Scope, Guid Id), EventContent>> PutAsync(
        WriterSession session, IReadOnlyList<Batch> batches, CommitNumbers numbers, long horizon, CancellationToken cancellation)
    {
        var events = Listed(batches, numbers, horizon);
        if (events.Count == 0) return [];
        if (session.Shared.CommitsToBeWary == 0 && await TryCopyAsync(session, events, numbers, cancellation)) return [];
        await CopyAsync(session, "staged_events", events, numbers, cancellation);
        var put = await MoveAsync(session.Connection, "", cancellation);
        if (put < events.Count && await RemoveGoneAsync(session.Connection, horizon, cancellation) > 0) put += await MoveAsync(session.Connection, "where id is not null", cancellation);
        session.Shared.CommitsToBeWary = put < events.Count ? Wary : Math.Max(0, session.Shared.CommitsToBeWary - 1);
        return put == events.Count ? [] : await TakenAsync(session.Connection, numbers.Batch, cancellation);
    }

    /// <returns>Events put in.</returns>
    private static Task<int> MoveAsync(NpgsqlConnection connection, string which, CancellationToken cancellation) => connection.RunAsync(
        Sql($"insert into events ({Columns}) select {Columns} from staged_events {which} order by scope, id, item on conflict (scope, id) where id is not null do nothing"), cancellation);

    /// <summary>Ids of events that have gone are free, whether their rows are still there or not.</summary>
    private static Task<int> RemoveGoneAsync(NpgsqlConnection connection, long horizon, CancellationToken cancellation) => connection.RunAsync(
        Sql("delete from events e using staged_events s where e.scope = s.scope and e.id = s.id and s.id is not null and e.id is not null and e.at < $1", With(horizon)), cancellation);

    /// <returns>False when an id was taken: nothing is put in then.</returns>
    private static async Task<bool> TryCopyAsync(WriterSession session, List<ListedEvent> events, CommitNumbers numbers, CancellationToken cancellation)
    {
        var connection = session.Connection;
        await connection.RunAsync(Sql("savepoint events"), cancellation);
        try
        {
            await CopyAsync(session, "events", events, numbers, cancellation);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await connection.RunAsync(Sql("rollback to savepoint events"), cancellation);
            return false;
        }

        await connection.RunAsync(Sql("release savepoint events"), cancellation);
        return true;
    }

    private static async Task<Dictionary<(int? Scope, Guid Id), EventContent>> TakenAsync(NpgsqlConnection connection, long own, CancellationToken cancellation)
    {
        var taken = new Dictionary<(int?, Guid), EventContent>();
        await using var batch = connection.Batch(Sql(
            """
            select e.scope, e.id, u.user_id, n.text, e.value, e.client_at, e.properties
            from staged_events s join events e on e.scope = s.scope and e.id = s.id join units u on u.unit = e.unit join names n on n.name = e.name
            where s.id is not null and e.id is not null and e.batch <> $1
            """,
            With(own)));
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

    /// <summary>The events in the order of their ids, as the index has them; of those with the same id the first.</summary>
    private static List<ListedEvent> Listed(IReadOnlyList<Batch> batches, CommitNumbers numbers, long horizon)
    {
        var events = new List<ListedEvent>();
        foreach (var batch in batches)
        {
            var own = batch.Experiment is { } experiment ? numbers.Experiments[experiment] : 0;
            foreach (var item in batch.Events)
            {
                if (item.At < horizon) continue;
                var scope = item.Scope is not { } key ? 0 : ReferenceEquals(key, batch.Experiment) ? own : numbers.Experiments[key];
                events.Add(new ListedEvent(scope, item.Stored?.Id, numbers.NextItem(), item, batch.ArrivedAt));
            }
        }

        events.Sort(ListedEvent.Compare);
        var last = default(ListedEvent);
        events.RemoveAll(listed =>
        {
            var repeats = listed.Id is { } id && id == last.Id && listed.Scope == last.Scope;
            last = listed;
            return repeats;
        });
        return events;
    }

    private static async Task CopyAsync(WriterSession session, string table, List<ListedEvent> events, CommitNumbers numbers, CancellationToken cancellation)
    {
        using var rows = await CopiedRows.BeginAsync(session.Connection, table, Columns, cancellation);
        foreach (var (scope, id, number, item, arrivedAt) in events)
        {
            await rows.RowAsync(cancellation);
            rows.Add(numbers.Units.NumberOf(item.User));
            rows.Add(numbers.Batch);
            rows.Add(number);
            rows.Add(numbers.Names.ByText[item.Name]);
            rows.Add(item.At);
            rows.Add(item.ClientAt);
            rows.Add(arrivedAt);
            rows.Add(item.Value);
            rows.Add(scope);
            rows.Add(id);
            rows.Add(item.Properties);
            rows.Add(session.KeepsEventIds && id is { } stored ? EventId.Beside(item.Id!, stored) : null);
        }

        await rows.CompleteAsync(cancellation);
    }

    private readonly record struct ListedEvent(int Scope, Guid? Id, int Number, EventItem Item, long ArrivedAt)
    {
        public static int Compare(ListedEvent left, ListedEvent right)
        {
            if (left.Scope != right.Scope) return left.Scope.CompareTo(right.Scope);
            if (left.Id.HasValue != right.Id.HasValue) return left.Id.HasValue.CompareTo(right.Id.HasValue);
            var byId = left.Id.GetValueOrDefault().CompareTo(right.Id.GetValueOrDefault());
            return byId != 0 ? byId : left.Number.CompareTo(right.Number);
        }
    }
}
