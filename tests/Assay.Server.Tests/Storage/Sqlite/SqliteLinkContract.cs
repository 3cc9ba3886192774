using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Tests.Storage.Hygiene;

namespace Assay.Server.Tests.Storage.Sqlite;

public abstract class SqliteLinkContract : LinkContract, IDisposable
{
    private readonly SqliteStores _stores;

    private protected SqliteLinkContract(UnitMemory memory) => _stores = new SqliteStores(memory);

    private protected override int Histories => 80;

    public void Dispose()
    {
        _stores.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected override Task<IEventStore> OpenStoreAsync(string name) => _stores.OpenAsync(name);
}
