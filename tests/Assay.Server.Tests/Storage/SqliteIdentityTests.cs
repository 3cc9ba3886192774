using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage;

public sealed class SqliteIdentityTests : IdentityContract, IDisposable
{
    private readonly List<StoreFile> _files = [];

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name)
    {
        _files.Add(await StoreFile.CreateAsync(fast: true));
        return new SqliteEventStore(_files[^1].ConnectionString);
    }
}
