using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresClockTests(PostgresCluster cluster) : ClockContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    // A history costs a schema and a few hundred round trips here.
    private protected override int Histories => 20;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name);
}
