using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Storage.Hygiene;

namespace Assay.Server.Tests.Storage.Sqlite;

public abstract class SqliteHygieneContract : HygieneContract, IDisposable
{
    private readonly Dictionary<string, StoreFile> _files = [];

    private protected abstract UnitMemory Memory { get; }

    private protected override int Histories => 80;

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name)
    {
        if (!_files.TryGetValue(name, out var file)) _files.Add(name, file = await StoreFile.CreateAsync(fast: true));
        return new SqliteEventStore(file.ConnectionString, Memory);
    }
}
