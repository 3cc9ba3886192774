using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Faults;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresCutBodyTests(PostgresCluster cluster) : CutBodyContract
{
    private protected override Task<string> CreateStorageAsync()
    {
        cluster.SkipUnlessHere();
        return cluster.CreateDatabaseAsync();
    }

    private protected override Task DropStorageAsync() => cluster.DropDatabaseAsync(Storage);
}
