namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Chunks of a run that follow each other, and what tells which of them may hold a key. No key is in two stretches.</summary>
/// <param name="Part">Of its first chunk.</param>
/// <param name="Firsts">The first key of each chunk.</param>
/// <param name="Last">Its greatest key.</param>
/// <param name="Filter">Holds each of its keys.</param>
internal sealed record Stretch(int Part, long[] Firsts, long Last, Filter Filter)
{
    /// <summary>The part behind its last.</summary>
    public int End => Part + Firsts.Length;

    /// <summary>Chunks that a key may be in, by part; empty where it is in none.</summary>
    public Range Find(long key) => Find(Part, Firsts, Last, Filter, key);

    public static Range Find(int part, ReadOnlySpan<long> firsts, long last, Filter filter, long key)
    {
        if (firsts.IsEmpty || key < firsts[0] || key > last || !filter.MayHold(key)) return default;
        var (low, high) = (0, firsts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (firsts[middle] <= key) low = middle + 1;
            else high = middle;
        }

        // Every chunk that begins with the key holds some, and the one before them can end with it.
        var from = low - 1;
        while (from > 0 && firsts[from] == key) from--;
        return (part + from)..(part + low);
    }
}
