namespace Assay.Server.Storage.Commits;

/// <summary>How much is remembered of units that came lately.</summary>
internal sealed record UnitMemory
{
    /// <summary>Bytes for all of them: a sixteenth of the memory that the process may use, at most 512 MiB.</summary>
    public long Room { get; init; } = Math.Min(512L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16);

    /// <summary>Bytes of a unit's rows: one that has more, its exposure and some four events, is remembered by what its events come to, which takes less room from there on and is quicker to add to.</summary>
    public int LongestRows { get; init; } = 96;

    /// <summary>The same of a unit that is one person with others: together with theirs, its rows are needed one by one.</summary>
    public int LongestRowsOfPerson => 128 * LongestRows;
}
