using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>Units are remembered by their rows.</summary>
public sealed class SqliteLinkTests() : SqliteLinkContract(new UnitMemory());

/// <summary>Every unit is remembered by what its events come to.</summary>
public sealed class SqliteHotLinkTests() : SqliteLinkContract(new UnitMemory { LongestRows = 0 });

/// <summary>Hardly anything is remembered.</summary>
public sealed class SqliteColdLinkTests() : SqliteLinkContract(new UnitMemory { Room = 0 });
