namespace Assay.Server.Storage.Commits;

/// <summary>How much is remembered of units that came lately.</summary>
internal sealed record UnitMemory
{
    /// <summary>Bytes for all of them: a sixteenth of the memory that the process may use, at most 256 MiB.</summary>
    public long Room { get; init; } = Math.Min(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16);

    /// <summary>Bytes of a unit's rows: one that has more is remembered by what its events come to.</summary>
    public int LongestRows { get; init; } = 512;

    /// <summary>The same of a unit that is one person with others: together with theirs, its rows are needed one by one.</summary>
    public int LongestRowsOfPerson => 32 * LongestRows;
}
