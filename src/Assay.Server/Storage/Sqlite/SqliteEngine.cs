using System.Data;
using System.Data.Common;

namespace Assay.Server.Storage.Sqlite;

/// <summary>One SQLite file, served by one process.</summary>
internal sealed class SqliteEngine : IStorageEngine
{
    private readonly SqliteSource _source;
    private readonly StorageLock _lock;
    private readonly OneAtATime _turns = new();

    public SqliteEngine(string connectionString)
    {
        _source = new SqliteSource(connectionString);
        _lock = new StorageLock(_source.ConnectionString);
    }

    public DbDataSource Source => _source;

    public void Take() => _lock.Take();

    public Task MigrateAsync(TimeProvider clock, CancellationToken cancellation) => MigrateAsync(_source.ConnectionString, clock, cancellation);

    public static async Task MigrateAsync(string connectionString, TimeProvider clock, CancellationToken cancellation)
    {
        await using (var source = new SqliteSource(connectionString)) await Migrations.ApplyAsync(source, clock, cancellation);
        OldRows.Pack(connectionString);
    }

    public bool HasKey() => StoredKeys.Exist(_source.ConnectionString);

    public async Task<string?> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            // Taking the write lock is what every commit begins with; nothing is written.
            await using var connection = await _source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
            await transaction.RollbackAsync(cancellation);
            return null;
        }
        catch (DbException failure)
        {
            return failure.Message;
        }
    }

    public Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation) => _turns.TakeAsync(cancellation);

    public ValueTask DisposeAsync()
    {
        _lock.Dispose();
        _turns.Dispose();
        return _source.DisposeAsync();
    }
}
