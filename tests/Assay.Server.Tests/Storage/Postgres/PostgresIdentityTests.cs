using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresIdentityTests(PostgresCluster cluster) : IdentityContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name);
}
