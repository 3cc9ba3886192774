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

    public Task MigrateAsync(TimeProvider clock, CancellationToken cancellation) => Migrations.ApplyAsync(_source, clock, cancellation);

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
