using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class SqliteIdentityTests : IdentityContract, IDisposable
{
    private readonly SqliteStores _stores = new();

    public void Dispose() => _stores.Dispose();

    private protected override Task<IEventStore> OpenStoreAsync(string name) => _stores.OpenAsync(name);
}
