using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Storage.Moving;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class FromPostgresMoveTests(PostgresCluster cluster) : MoveBetweenEngines(cluster)
{
    private protected override Task<string> FromAsync() => DatabaseAsync();

    private protected override Task<string> ToAsync() => Task.FromResult(File());
}

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class ToPostgresMoveTests(PostgresCluster cluster) : MoveBetweenEngines(cluster)
{
    private protected override Task<string> FromAsync() => Task.FromResult(File());

    private protected override Task<string> ToAsync() => DatabaseAsync();
}

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class WithinPostgresMoveTests(PostgresCluster cluster) : MoveBetweenEngines(cluster)
{
    private protected override Task<string> FromAsync() => DatabaseAsync();

    private protected override Task<string> ToAsync() => DatabaseAsync();
}

/// <summary>Files and databases by the name.</summary>
public abstract class MoveBetweenEngines(PostgresCluster cluster) : MoveContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);
    private readonly MoveFolder _folder = new();

    // A history costs schemas and a few hundred round trips here.
    private protected override int Histories => 8;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
        await _stores.DisposeAsync();
    }

    private protected Task<string> DatabaseAsync() => _stores.StorageAsync(NewName());

    private protected string File() => _folder.Storage(NewName());
}
