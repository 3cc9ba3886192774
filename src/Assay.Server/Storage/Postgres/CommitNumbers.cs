namespace Assay.Server.Storage.Postgres;

/// <summary>The numbers that a commit's rows are stored under.</summary>
internal sealed record CommitNumbers(long Batch, CommitUnits Units, Numbers<int> Names, IReadOnlyDictionary<string, int> Experiments)
{
    private int _items;

    /// <summary>The next row's place in the batch.</summary>
    public int NextItem() => _items++;
}
