using System.Collections.Concurrent;
using System.Data;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>The session that commits, with its staging tables and what it remembers of units and names. When anything fails it is closed, and all of that forgotten with it.</summary>
internal sealed class WriterSession(NpgsqlConnection connection, UnitMemory memory, bool keepsEventIds) : IAsyncDisposable
{
    // A commit looks rows up, whatever the planner thinks of a table that it has no statistics of yet.
    private const string SetUp =
        """
        set jit = off; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;
        create temp table staged_events (
          unit bigint, batch bigint, item integer, name integer, at bigint, client_at bigint, arrived_at bigint,
          value double precision, scope integer, id uuid, properties text, id_text text) on commit delete rows;
        create temp table staged_exposures (
          item integer, unit bigint, experiment integer, variation integer, at bigint, client_at bigint, arrived_at bigint,
          id text collate "C", attributes text, source text) on commit delete rows;
        """;

    private const int MostTexts = 65_536;

    // Lanes ask for texts while one of them may learn another.
    private readonly ConcurrentDictionary<int, string> _texts = [];
    private readonly CommitRoom _room = new();
    private long _views = -1;

    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>Whether ids of events that are no UUIDs are kept beside their hashes.</summary>
    public bool KeepsEventIds => keepsEventIds;

    /// <summary>The server's process that works for it.</summary>
    public int Process { get; } = connection.ProcessID;

    /// <summary>False when the session has ended meanwhile.</summary>
    public bool IsOpen => Connection.FullState.HasFlag(ConnectionState.Open);

    /// <summary>Units that commits of this session have named.</summary>
    public KnownLanes Known { get; } = new(memory);

    /// <summary>The commit as of which the rows of <see cref="Known"/> hold; −1 before there was one.</summary>
    public long KnownAt { get; set; } = -1;

    /// <summary>Commits that expect some of their events to be there already.</summary>
    public int CommitsToBeWary { get; set; }

    public NumberCache Names { get; } = new(65_536);

    /// <summary>For one commit, of which all is done before the next.</summary>
    public CommitRoom Room()
    {
        _room.Clear();
        return _room;
    }

    public static async Task<WriterSession> OpenAsync(NpgsqlDataSource source, UnitMemory memory, bool keepsEventIds, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(SetUp, connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return new WriterSession(connection, memory, keepsEventIds);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Told the version of the views under their lock: where it is another than last time, a unit may have been erased, and its number with it.</summary>
    public void See(long views)
    {
        if (views != _views) Known.Clear();
        _views = views;
    }

    /// <summary>Numbers of units, given where they have none.</summary>
    /// <returns>The numbers, and which of them this transaction gave.</returns>
    /// <param name="users">Whom.</param>
    /// <param name="recall">Finds those that are remembered.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<Numbers<long>> UnitsAsync(IReadOnlyCollection<string> users, Func<string, long?> recall, CancellationToken cancellation) => NumberAsync(
        users,
        recall,
        "insert into units (user_id) select t from unnest($1) t where not exists (select 1 from units where user_id = t) order by t collate \"C\" on conflict do nothing returning unit, user_id",
        "select unit, user_id from units where user_id = any($1)",
        cancellation);

    /// <summary>Numbers of names, given where they have none.</summary>
    public Task<Numbers<int>> NamesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation) => NumberAsync(
        names,
        Names.Find,
        "insert into names (text) select t from unnest($1) t where not exists (select 1 from names where text = t) order by t collate \"C\" on conflict do nothing returning name, text",
        "select name, text from names where text = any($1)",
        cancellation);

    /// <summary>Before a commit: texts are kept as long as remembered rows may need them, and beyond a bound both are forgotten.</summary>
    public void MakeRoom()
    {
        if (_texts.Count <= MostTexts) return;
        _texts.Clear();
        Known.ForgetRows();
    }

    /// <summary>Names with their numbers, committed.</summary>
    public void RememberNames(IReadOnlyDictionary<string, int> numbers)
    {
        Names.Remember(numbers);
        foreach (var (text, number) in numbers) Tell(number, text);
    }

    /// <summary>The text of a name that remembered rows have.</summary>
    public string TextOf(int name) => _texts[name];

    public void Tell(int name, string text) => _texts[name] = text;

    /// <summary>Gives experiments that were never seen their numbers.</summary>
    public Task AddExperimentsAsync(string[] keys, CancellationToken cancellation) => Connection.RunAsync(
        Sql("insert into experiment_views (key) select k from unnest($1) k order by k collate \"C\" on conflict do nothing", With(keys)), cancellation);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task<Numbers<T>> NumberAsync<T>(IReadOnlyCollection<string> texts, Func<string, T?> recall, string insert, string select, CancellationToken cancellation)
        where T : struct
    {
        var found = new Dictionary<string, T>(texts.Count, StringComparer.Ordinal);
        var fresh = new HashSet<T>();
        var unknown = new List<string>();
        foreach (var text in texts)
        {
            if (recall(text) is { } number) found.Add(text, number);
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
