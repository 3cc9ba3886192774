using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Server.Storage.Sqlite;

/// <summary>One connection to the file, with its statements.</summary>
internal sealed class EventDatabase : IDisposable
{
    /// <summary>How long a lock is waited for.</summary>
    public const string Patience = "pragma busy_timeout = 30000";

    private const string Zeroing = "pragma secure_delete = on";

    private readonly SqliteConnection _connection;

    // By reference: a statement's text is a literal at its one call site, and hashing it would cost as much as binding it.
    private readonly Dictionary<object, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    /// <param name="connectionString">The file.</param>
    /// <param name="cacheMebibytes">Pages kept in memory.</param>
    public EventDatabase(string connectionString, int cacheMebibytes = 16)
        : this(
            new SqliteConnectionStringBuilder(connectionString),
            Patience,
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            $"pragma cache_size = -{cacheMebibytes * 1024}",
            // What is deleted is zeroed: pages that are used again keep no remains of what was on them, and an erasure leaves none.
            Zeroing,
            // A page that many commits touch is copied back into the file once, not after every commit.
            "pragma wal_autocheckpoint = 8192")
    {
    }

    private EventDatabase(SqliteConnectionStringBuilder file, params ReadOnlySpan<string> pragmas)
    {
        file.Pooling = false;
        _connection = new SqliteConnection(file.ConnectionString);
        try
        {
            _connection.Open();
            foreach (var pragma in pragmas) Execute(pragma);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>A file that is only read: none is made, and none is changed.</summary>
    public static EventDatabase Reading(string connectionString) => new(
        new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadOnly }, Patience, "pragma cache_size = -65536");

    /// <summary>A file that is filled as fast as can be, and is nothing until that is done: without a journal, without waiting for the disk.</summary>
    public static EventDatabase Filling(string path) => new(
        new SqliteConnectionStringBuilder { DataSource = path }, "pragma locking_mode = exclusive", "pragma journal_mode = off", "pragma synchronous = off", Zeroing, "pragma cache_size = -65536");

    private sqlite3 Handle => _connection.Handle ?? throw new ObjectDisposedException(nameof(EventDatabase));

    /// <summary>The statement of a literal text, prepared once.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement)) return statement;
        statement = new Statement(Handle, sql);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>A statement of its own, the caller's to dispose.</summary>
    public Statement Open(string sql) => new(Handle, sql);

    /// <summary>The number of the row inserted last.</summary>
    public long LastNumber => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>The one number that a query answers.</summary>
    public long Number(string sql)
    {
        using var row = Open(sql);
        row.Step();
        return row.Int64(0);
    }

    /// <summary>Runs a pragma to its end.</summary>
    /// <returns>The first number that it answers.</returns>
    public long Query(string pragma)
    {
        using var statement = Open(pragma);
        var first = statement.Step() ? statement.Int64(0) : 0;
        statement.Run();
        return first;
    }

    /// <summary>Runs a statement once.</summary>
    public void Execute(string sql)
    {
        using var statement = new Statement(Handle, sql);
        statement.Run();
    }

    /// <summary>Runs work in a transaction: all of it is on disk afterwards, or, when anything throws, none.</summary>
    public T Write<T>(Func<T> work)
    {
        Prepare("begin immediate").Run();
        try
        {
            var result = work();
            Prepare("commit").Run();
            return result;
        }
        catch
        {
            // SQLite has rolled back by itself when the disk was full or failed.
            foreach (var statement in _statements.Values) statement.Reset();
            if (raw.sqlite3_get_autocommit(Handle) == 0) Prepare("rollback").Run();
            throw;
        }
    }

    /// <summary>Runs reads on one unchanging picture of the file.</summary>
    public T Read<T>(Func<T> work)
    {
        Prepare("begin").Run();
        try
        {
            return work();
        }
        finally
        {
            foreach (var statement in _statements.Values) statement.Reset();
            Prepare("rollback").Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }
}
