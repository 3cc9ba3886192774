using System.Data.Common;
using Assay.Server.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Benchmarks.Plain;

/// <summary>How events are stored where nobody thinks about it: a transaction a request, an insert a row, texts as keys. On disk when it answers, as Assay's are.</summary>
internal sealed class PlainStore : IDisposable
{
    private readonly DbDataSource _source;
    private readonly bool _isPostgres;

    /// <summary>SQLite has one writer: those who wait for their turn here wait better than those who ask the file again and again.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    public PlainStore(string storage)
    {
        _isPostgres = StorageEngines.IsPostgres(storage);
        _source = _isPostgres
            ? NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(storage) { Options = "-c synchronous_commit=on", SearchPath = "plain" })
            : SqliteFactory.Instance.CreateDataSource(storage);
    }

    public async Task CreateAsync()
    {
        await using var connection = await OpenAsync();
        await RunAsync(connection, _isPostgres ? "create schema if not exists plain" : "pragma journal_mode = wal");
        await RunAsync(
            connection,
            $"""
            create table events (
              id text not null primary key, user_id text not null, name text not null, value double precision not null,
              occurred_at {(_isPostgres ? "timestamptz" : "text")} not null)
            """);
        await RunAsync(connection, "create index events_by_user on events (user_id)");
    }

    /// <returns>Rows that were new.</returns>
    public async Task<int> InsertAsync(IReadOnlyList<PlainEvent> events)
    {
        if (_isPostgres) return await InsertAloneAsync(events);
        await _turn.WaitAsync();
        try
        {
            return await InsertAloneAsync(events);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _source.Dispose();
    }

    private async Task<int> InsertAloneAsync(IReadOnlyList<PlainEvent> events)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "insert into events (id, user_id, name, value, occurred_at) values (@id, @user, @name, @value, @at) on conflict (id) do nothing";
        var recorded = 0;
        foreach (var item in events)
        {
            insert.Parameters.Clear();
            Bind(insert, "id", item.Id);
            Bind(insert, "user", item.UserId);
            Bind(insert, "name", item.Name);
            Bind(insert, "value", item.Value);
            Bind(insert, "at", item.OccurredAt.ToUniversalTime());
            recorded += await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return recorded;
    }

    private async Task<DbConnection> OpenAsync()
    {
        var connection = await _source.OpenConnectionAsync();
        if (!_isPostgres) await RunAsync(connection, "pragma synchronous = full");
        return connection;
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

internal sealed record PlainEvent(string Id, string UserId, string Name, double Value, DateTimeOffset OccurredAt);

internal sealed record PlainBatch(IReadOnlyList<PlainEvent> Events);
