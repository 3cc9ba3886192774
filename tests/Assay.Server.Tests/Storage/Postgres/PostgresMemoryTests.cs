using Assay.Server.Storage;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public abstract class PostgresMemoryTests(PostgresCluster cluster) : EventStoreContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    private protected abstract UnitMemory Memory { get; }

    private protected override int Histories => 30;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _stores.DisposeAsync();
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name, Memory);
}

/// <summary>The contract where every unit is remembered by what its events come to, as one of a million events is.</summary>
public sealed class PostgresHotUnitsTests(PostgresCluster cluster) : PostgresMemoryTests(cluster)
{
    private protected override UnitMemory Memory { get; } = new() { LongestRows = 0 };
}

/// <summary>The contract where hardly anything is remembered, so that units are read again.</summary>
public sealed class PostgresColdUnitsTests(PostgresCluster cluster) : PostgresMemoryTests(cluster)
{
    private protected override UnitMemory Memory { get; } = new() { Room = 0 };
}
