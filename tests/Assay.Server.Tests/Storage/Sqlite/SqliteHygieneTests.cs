using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>Units are remembered by their rows.</summary>
public sealed class SqliteHygieneTests() : SqliteHygieneContract(new UnitMemory());

/// <summary>Every unit is remembered by what its events come to.</summary>
public sealed class SqliteHotHygieneTests() : SqliteHygieneContract(new UnitMemory { LongestRows = 0 });

/// <summary>Hardly anything is remembered.</summary>
public sealed class SqliteColdHygieneTests() : SqliteHygieneContract(new UnitMemory { Room = 0 });
