using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public abstract class SqliteMemoryTests : EventStoreContract, IDisposable
{
    private readonly Dictionary<string, StoreFile> _files = [];

    private protected abstract UnitMemory Memory { get; }

    private protected override int Histories => 75;

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

/// <summary>The contract where every unit is remembered by what its events come to, as one of a million events is.</summary>
public sealed class SqliteHotUnitsTests : SqliteMemoryTests
{
    private protected override UnitMemory Memory { get; } = new() { LongestRows = 0 };
}

/// <summary>The contract where hardly anything is remembered, so that units come from the runs.</summary>
public sealed class SqliteColdUnitsTests : SqliteMemoryTests
{
    private protected override UnitMemory Memory { get; } = new() { Room = 0 };
}
