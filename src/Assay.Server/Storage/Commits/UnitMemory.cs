namespace Assay.Server.Storage.Commits;

/// <summary>How much is remembered of units that came lately.</summary>
internal sealed record UnitMemory
{
    /// <summary>Bytes for all of them: a sixteenth of the memory that the process may use, at most 256 MiB.</summary>
    public long Room { get; init; } = Math.Min(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16);

    /// <summary>Bytes of a unit's rows: one that has more is remembered by what its events come to.</summary>
    public int LongestRows { get; init; } = 512;
}
