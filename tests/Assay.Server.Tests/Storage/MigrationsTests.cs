using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Tests.Storage;

public sealed class MigrationsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-").FullName;

    private string Storage => $"Data Source={Path.Combine(_folder, "assay.db")}";

    [Fact]
    public void They_are_numbered_from_one_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Migrations.All().Count), Migrations.All().Select(migration => migration.Number));

    [Fact]
    public async Task Several_processes_may_migrate_one_file_at_once_and_each_step_happens_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                await SqliteEngine.MigrateAsync(Storage, TimeProvider.System, cancellation);
            },
            cancellation)));
        await using var check = new SqliteSource(Storage);
        await using var connection = await check.OpenConnectionAsync(cancellation);
        var applied = await connection.QueryAsync<int>("select number from schema_version order by number");
        Assert.Equal(Migrations.All().Select(migration => migration.Number), applied);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
