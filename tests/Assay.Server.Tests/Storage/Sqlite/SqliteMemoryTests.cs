using Assay.Server.Storage;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage.Sqlite;

public abstract class SqliteMemoryTests : EventStoreContract, IDisposable
{
    private readonly SqliteStores _stores;

    private protected SqliteMemoryTests(UnitMemory memory) => _stores = new SqliteStores(memory);

    private protected override int Histories => 75;

    public void Dispose()
    {
        _stores.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected override Task<IEventStore> OpenStoreAsync(string name) => _stores.OpenAsync(name);
}

/// <summary>The contract where every unit is remembered by what its events come to, as one of a million events is.</summary>
public sealed class SqliteHotUnitsTests() : SqliteMemoryTests(new UnitMemory { LongestRows = 0 });

/// <summary>The contract where hardly anything is remembered, so that units come from the runs.</summary>
public sealed class SqliteColdUnitsTests() : SqliteMemoryTests(new UnitMemory { Room = 0 });
