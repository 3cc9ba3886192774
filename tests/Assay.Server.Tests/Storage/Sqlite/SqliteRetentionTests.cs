using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>Units are remembered by their rows.</summary>
public sealed class SqliteRetentionTests() : SqliteRetentionContract(new UnitMemory());

/// <summary>Every unit is remembered by what its events come to.</summary>
public sealed class SqliteHotRetentionTests() : SqliteRetentionContract(new UnitMemory { LongestRows = 0 });

/// <summary>Hardly anything is remembered.</summary>
public sealed class SqliteColdRetentionTests() : SqliteRetentionContract(new UnitMemory { Room = 0 });
