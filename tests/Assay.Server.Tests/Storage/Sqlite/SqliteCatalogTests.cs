using Assay.Server.Storage.Sqlite;
using Dapper;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class SqliteCatalogTests : CatalogContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-catalog-");

    [Fact]
    public async Task Every_commit_is_synced_to_disk()
    {
        await using var source = new SqliteSource(Storage);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("pragma journal_mode"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("pragma synchronous"));
    }

    private protected override Task<string> CreateStorageAsync() => Task.FromResult($"Data Source={Path.Combine(_folder.FullName, "assay.db")}");

    private protected override Task DropStorageAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
