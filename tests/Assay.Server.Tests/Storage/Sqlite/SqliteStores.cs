using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>Stores on files of their own, by name; the same name again opens the same file.</summary>
/// <param name="memory">What they remember of units; as much as fits unless given.</param>
internal sealed class SqliteStores(UnitMemory? memory = null) : IDisposable
{
    private readonly Dictionary<string, StoreFile> _files = [];

    public async Task<IEventStore> OpenAsync(string name)
    {
        if (!_files.TryGetValue(name, out var file)) _files.Add(name, file = await StoreFile.CreateAsync(fast: true));
        return new SqliteEventStore(file.ConnectionString, memory);
    }

    /// <summary>Where a name is.</summary>
    public string ConnectionString(string name) => _files[name].ConnectionString;

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }
}
