namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Entries sorted by key that are never changed: written by one commit, or merged from older runs.</summary>
internal sealed class Run(long number, long entries)
{
    public long Number { get; } = number;

    /// <summary>Entries written into it so far, or in all.</summary>
    public long Entries { get; set; } = entries;

    /// <summary>Entries in the end, as far as one can tell.</summary>
    public long Expected { get; set; } = entries;

    public RunIndex Index { get; } = new();

    /// <summary>Entries of lesser keys have all gone to the run that takes them over.</summary>
    public long From { get; set; } = long.MinValue;

    /// <summary>The run that takes over its entries, a piece at a time.</summary>
    public Run? Into { get; set; }

    /// <summary>Whether it still takes over entries.</summary>
    public bool IsGrowing { get; set; }

    /// <summary>Runs of one size are merged into one of the next: four times as large.</summary>
    public int Size => Math.Max(0, (int)Math.Log(Math.Max(1, Entries) / 64.0, 4));
}
