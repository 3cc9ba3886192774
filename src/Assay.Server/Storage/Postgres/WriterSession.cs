using System.Data;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>The session that commits, with its staging tables and the numbers it has seen given. When anything fails it is closed, and all of that forgotten with it.</summary>
internal sealed class WriterSession(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string SetUp =
        """
        set jit = off; set enable_hashjoin = off; set enable_mergejoin = off;
        create temp table staged_events (
          item integer, unit bigint, name integer, at bigint, client_at bigint, arrived_at bigint,
          value double precision, scope integer, id uuid, properties text) on commit delete rows;
        create temp table staged_exposures (
          item integer, unit bigint, experiment integer, variation integer, at bigint, client_at bigint, arrived_at bigint,
          id text collate "C", attributes text, source text) on commit delete rows;
        """;

    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>The server's process that works for it.</summary>
    public int Process { get; } = connection.ProcessID;

    /// <summary>False when the session has ended meanwhile.</summary>
    public bool IsOpen => Connection.FullState.HasFlag(ConnectionState.Open);

    private long _views = -1;

    public NumberCache<long> Units { get; } = new(65_536);

    public NumberCache<int> Names { get; } = new(65_536);

    /// <summary>Told the version of the views under their lock: where it is another than last time, a unit may have been erased, and its number with it.</summary>
    public void See(long views)
    {
        if (views != _views) Units.Clear();
        _views = views;
    }

    public static async Task<WriterSession> OpenAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(SetUp, connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return new WriterSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Numbers of units, given where they have none.</summary>
    /// <returns>The numbers, and which of them this transaction gave.</returns>
    public Task<Numbers<long>> UnitsAsync(IReadOnlyCollection<string> users, CancellationToken cancellation) => NumberAsync(
        users,
        Units,
        "insert into units (user_id) select t from unnest($1) t where not exists (select 1 from units where user_id = t) order by t collate \"C\" on conflict do nothing returning unit, user_id",
        "select unit, user_id from units where user_id = any($1)",
        cancellation);

    /// <summary>Numbers of names, given where they have none.</summary>
    public Task<Numbers<int>> NamesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation) => NumberAsync(
        names,
        Names,
        "insert into names (text) select t from unnest($1) t where not exists (select 1 from names where text = t) order by t collate \"C\" on conflict do nothing returning name, text",
        "select name, text from names where text = any($1)",
        cancellation);

    /// <summary>Gives experiments that were never seen their numbers.</summary>
    public Task AddExperimentsAsync(string[] keys, CancellationToken cancellation) => Connection.RunAsync(
        Sql("insert into experiment_views (key) select k from unnest($1) k order by k collate \"C\" on conflict do nothing", With(keys)), cancellation);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task<Numbers<T>> NumberAsync<T>(IReadOnlyCollection<string> texts, NumberCache<T> cache, string insert, string select, CancellationToken cancellation)
        where T : struct
    {
        var found = new Dictionary<string, T>(texts.Count, StringComparer.Ordinal);
        var fresh = new HashSet<T>();
        var unknown = new List<string>();
        foreach (var text in texts)
        {
            if (cache.Find(text) is { } number) found.Add(text, number);
            else unknown.Add(text);
        }

        if (unknown.Count == 0) return new Numbers<T>(found, fresh);
        var array = unknown.ToArray();
        await using var batch = Connection.Batch(Sql(insert, With(array)), Sql(select, With(array)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) fresh.Add(rows.GetFieldValue<T>(0));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.Add(rows.GetString(1), rows.GetFieldValue<T>(0));
        return new Numbers<T>(found, fresh);
    }
}

/// <param name="ByText">The number of each text asked for.</param>
/// <param name="Fresh">Those that the transaction gave: nothing can be stored under them yet.</param>
internal sealed record Numbers<T>(IReadOnlyDictionary<string, T> ByText, IReadOnlySet<T> Fresh);
