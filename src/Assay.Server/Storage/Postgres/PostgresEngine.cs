using System.Data.Common;
using Dapper;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>One PostgreSQL database, served by any number of processes.</summary>
internal sealed class PostgresEngine : IStorageEngine
{
    private readonly OneAtATime _turns = new();

    public PostgresEngine(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.ApplicationName ??= "assay";
        if (settings.KeepAlive == 0) settings.KeepAlive = 10;
        // An acknowledged commit is on disk whatever the server's default is, and a process that has been frozen does not hold its locks for ever.
        settings.Options ??= "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60000";
        Postgres = NpgsqlDataSource.Create(settings);
    }

    public NpgsqlDataSource Postgres { get; }

    public DbDataSource Source => Postgres;

    public void Take()
    {
    }

    public async Task MigrateAsync(TimeProvider clock, CancellationToken cancellation)
    {
        await using var alone = await SessionLock.TakeAsync(Postgres, AdvisoryLocks.Migrations, cancellation);
        await Migrations.ApplyAsync(alone.Connection, Migrations.All("Postgres"), clock, cancellation);
    }

    public bool HasKey()
    {
        try
        {
            using var connection = Postgres.OpenConnection();
            return connection.ExecuteScalar<bool>("select to_regclass('access_keys') is not null") && connection.ExecuteScalar<bool>("select exists (select 1 from access_keys)");
        }
        catch (DbException failure)
        {
            throw new IOException($"The storage cannot be asked whether there is a key: {failure.Message}", failure);
        }
    }

    public async Task<string?> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await Postgres.OpenConnectionAsync(cancellation);
            return await connection.ExecuteScalarAsync<string>("show transaction_read_only") == "on" ? "The database is read-only." : null;
        }
        catch (DbException failure)
        {
            return failure.Message;
        }
    }

    public async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation)
    {
        var here = await _turns.TakeAsync(cancellation);
        try
        {
            return new Turn(here, await SessionLock.TakeAsync(Postgres, AdvisoryLocks.Changes, cancellation));
        }
        catch
        {
            await here.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _turns.Dispose();
        return Postgres.DisposeAsync();
    }

    private sealed class Turn(IAsyncDisposable here, SessionLock everywhere) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await everywhere.DisposeAsync();
            await here.DisposeAsync();
        }
    }
}
