using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>Units are remembered by their rows.</summary>
public sealed class SqliteHygieneTests : SqliteHygieneContract
{
    private protected override UnitMemory Memory { get; } = new();
}

/// <summary>Every unit is remembered by what its events come to.</summary>
public sealed class SqliteHotHygieneTests : SqliteHygieneContract
{
    private protected override UnitMemory Memory { get; } = new() { LongestRows = 0 };
}

/// <summary>Hardly anything is remembered.</summary>
public sealed class SqliteColdHygieneTests : SqliteHygieneContract
{
    private protected override UnitMemory Memory { get; } = new() { Room = 0 };
}
