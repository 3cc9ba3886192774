using System.Data.Common;
using Dapper;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>One PostgreSQL database, served by any number of processes.</summary>
internal sealed class PostgresEngine : IStorageEngine
{
    /// <summary>
    /// A process that has been frozen in a transaction, or whose machine has gone, does not keep its locks for ever; unless the connection string knows better.
    /// One that is frozen between transactions keeps a turn: others do not wait for it.
    /// </summary>
    private const string Unless = "-c idle_in_transaction_session_timeout=60000 -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    /// <summary>An acknowledged commit is on disk, whatever the server's default or the connection string is: of two settings the later one counts.</summary>
    private const string Whatever = "-c synchronous_commit=on";

    private readonly OneAtATime _turns = new();

    public PostgresEngine(string connectionString, PostgresTimes? times = null)
    {
        Times = times ?? new PostgresTimes();
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.ApplicationName ??= "assay";
        if (settings.KeepAlive == 0) settings.KeepAlive = 10;
        settings.Options = $"{Unless} {settings.Options} {Whatever}";
        Postgres = NpgsqlDataSource.Create(settings);
        settings.Pooling = false;
        Sessions = NpgsqlDataSource.Create(settings);
    }

    public PostgresTimes Times { get; }

    public NpgsqlDataSource Postgres { get; }

    /// <summary>Connections whose sessions have something of their own (locks, tables, ears): closed they are closed, and nobody else gets them.</summary>
    public NpgsqlDataSource Sessions { get; }

    public DbDataSource Source => Postgres;

    public void Take()
    {
    }

    public async Task MigrateAsync(TimeProvider clock, CancellationToken cancellation)
    {
        await using var alone = await WithinTurnAsync(patience => SessionLock.TakeAsync(Sessions, AdvisoryLocks.Migrations, patience), cancellation);
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

    public Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation) => WithinTurnAsync(TakeAsync, cancellation);

    public async ValueTask DisposeAsync()
    {
        _turns.Dispose();
        await Sessions.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private async Task<IAsyncDisposable> TakeAsync(CancellationToken cancellation)
    {
        var here = await _turns.TakeAsync(cancellation);
        try
        {
            return new Turn(here, await SessionLock.TakeAsync(Sessions, AdvisoryLocks.Changes, cancellation));
        }
        catch
        {
            await here.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="NpgsqlException">Another session keeps it; transient, so that a request is answered with 503 and a start tries again.</exception>
    private async Task<T> WithinTurnAsync<T>(Func<CancellationToken, Task<T>> take, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Times.Turn);
        try
        {
            return await take(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NpgsqlException($"Another session has kept its turn for {Times.Turn}.", new TimeoutException());
        }
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
