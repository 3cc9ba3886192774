using Dapper;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Tests.Units;

/// <summary>A file that takes no commit until this is disposed of.</summary>
internal sealed class FullDisk : IAsyncDisposable
{
    private readonly string _storage;

    private FullDisk(string storage) => _storage = storage;

    public static async Task<FullDisk> OfAsync(string storage)
    {
        await ExecuteAsync(storage, "create trigger full before insert on commits begin select raise(rollback, 'disk full'); end");
        return new FullDisk(storage);
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync(_storage, "drop trigger full");

    private static async Task ExecuteAsync(string storage, string sql)
    {
        await using var connection = new SqliteConnection($"{storage};Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
