using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Postgres;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Stores by name in one database, each name a schema. Stores are let go of in the order they were opened: a test holds a few at a time.</summary>
internal sealed class PostgresStores(PostgresCluster cluster) : IAsyncDisposable
{
    private const int Held = 6;
    private readonly Queue<PostgresEngine> _engines = [];
    private string? _storage;

    public async Task<PostgresEventStore> OpenAsync(string name, UnitMemory? memory = null)
    {
        var engine = new PostgresEngine(await StorageAsync(name));
        _engines.Enqueue(engine);
        if (_engines.Count > Held) await _engines.Dequeue().DisposeAsync();
        await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        var store = new PostgresEventStore(engine, memory);
        await store.RestoreAsync(CancellationToken.None);
        return store;
    }

    /// <summary>The connection string of a name.</summary>
    public async Task<string> StorageAsync(string name)
    {
        _storage ??= await cluster.CreateDatabaseAsync();
        var storage = $"{_storage};Search Path=s{name};Maximum Pool Size=6";
        await using var connection = new NpgsqlConnection($"{storage};Pooling=false");
        await connection.ExecuteAsync($"create schema if not exists s{name}");
        return storage;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines) await engine.DisposeAsync();
        if (_storage is not null) await cluster.DropDatabaseAsync(_storage);
    }
}
