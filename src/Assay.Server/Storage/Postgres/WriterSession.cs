using System.Data;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>A session that commits, with its staging tables. When anything fails it is closed.</summary>
internal sealed class WriterSession(NpgsqlConnection connection, SharedMemory shared, bool keepsEventIds) : IAsyncDisposable
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

    private WriterMemory? _memory;

    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>Whether ids of events that are no UUIDs are kept beside their hashes.</summary>
    public bool KeepsEventIds => keepsEventIds;

    /// <summary>The server's process that works for it.</summary>
    public int Process { get; } = connection.ProcessID;

    /// <summary>False when the session has ended meanwhile.</summary>
    public bool IsOpen => Connection.FullState.HasFlag(ConnectionState.Open);

    public SharedMemory Shared => shared;

    /// <summary>What the commit under way goes by, once it has seen the version of the views.</summary>
    public WriterMemory Memory { get => _memory ?? throw new InvalidOperationException("The version of the views was not seen yet."); private set => _memory = value; }

    /// <summary>Empty when a commit begins. When one fails it goes with the session: nobody knows what is left in it.</summary>
    public CommitRoom Room { get; } = new();

    public static async Task<WriterSession> OpenAsync(NpgsqlDataSource source, SharedMemory shared, bool keepsEventIds, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(SetUp, connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return new WriterSession(connection, shared, keepsEventIds);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Told the version of the views under their lock.</summary>
    public void See(long views) => Memory = shared.Of(views);

    /// <summary>Goes on without anything remembered.</summary>
    public void Forget() => Memory = shared.Forget();

    /// <summary>A commit has ended well: nothing of it stays in a session that may not be needed for hours, and no memory that others have done with.</summary>
    public void End()
    {
        Room.Clear();
        _memory = null;
    }

    /// <summary>Numbers of names, given where they have none.</summary>
    public async Task<Numbers<int>> NamesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        var found = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        var unknown = new List<string>();
        lock (Memory.Lock)
        {
            foreach (var name in names)
            {
                if (Memory.Names.Find(name) is { } number) found.Add(name, number);
                else unknown.Add(name);
            }
        }

        var fresh = new HashSet<int>();
        if (unknown.Count == 0) return new Numbers<int>(found, fresh);
        var texts = With(unknown.ToArray());
        await using var batch = Connection.Batch(
            Sql("insert into names (text) select t from unnest($1) t where not exists (select 1 from names where text = t) order by t collate \"C\" on conflict do nothing returning name", texts),
            Sql("select name, text from names where text = any($1)", With(unknown.ToArray())));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) fresh.Add(rows.GetInt32(0));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.Add(rows.GetString(1), rows.GetInt32(0));
        return new Numbers<int>(found, fresh);
    }

    /// <summary>Gives experiments that were never seen their numbers.</summary>
    public Task AddExperimentsAsync(string[] keys, CancellationToken cancellation) => Connection.RunAsync(
        Sql("insert into experiment_views (key) select k from unnest($1) k order by k collate \"C\" on conflict do nothing", With(keys)), cancellation);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}

/// <param name="ByText">The number of each text asked for.</param>
/// <param name="Fresh">Those that the transaction gave: nothing can be stored under them yet.</param>
internal sealed record Numbers<T>(IReadOnlyDictionary<string, T> ByText, IReadOnlySet<T> Fresh);
