using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Results.Recording;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresPastTests(PostgresCluster cluster) : PastContract
{
    private protected override async Task<string> CreateStorageAsync()
    {
        cluster.SkipUnlessHere();
        return await cluster.CreateDatabaseAsync();
    }

    private protected override Task DropStorageAsync() => cluster.DropDatabaseAsync(Storage);
}
