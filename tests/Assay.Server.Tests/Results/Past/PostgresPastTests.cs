using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Results.Past;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresPastTests(PostgresCluster cluster) : PastContract
{
    private protected override string DropTriggers => "drop trigger records_keep_what_they_said on records";

    private protected override async Task<string> CreateStorageAsync()
    {
        cluster.SkipUnlessHere();
        return await cluster.CreateDatabaseAsync();
    }

    private protected override Task DropStorageAsync() => cluster.DropDatabaseAsync(Storage);
}
