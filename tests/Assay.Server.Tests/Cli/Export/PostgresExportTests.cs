using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Cli.Export;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresExportTests(PostgresCluster cluster) : ExportContract, IAsyncLifetime
{
    private string? _storage;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null) await cluster.DropDatabaseAsync(_storage);
    }

    private protected override async Task<string> StorageAsync() => _storage ??= await cluster.CreateDatabaseAsync();
}
