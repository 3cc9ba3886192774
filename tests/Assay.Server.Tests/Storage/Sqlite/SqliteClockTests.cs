using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class SqliteClockTests : ClockContract, IDisposable
{
    private readonly Dictionary<string, StoreFile> _files = [];

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name)
    {
        if (!_files.TryGetValue(name, out var file)) _files.Add(name, file = await StoreFile.CreateAsync(fast: true));
        return new SqliteEventStore(file.ConnectionString);
    }
}
