using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Entries by key that are written without touching an old page: each commit adds a sorted run, and runs of one size are merged into a larger one (O'Neil et al. 1996).</summary>
/// <remarks>Used inside the writer's transactions only. <see cref="Forget"/> after one that was rolled back.</remarks>
internal sealed class SortedRuns(EventDatabase database, RunKind kind)
{
    /// <summary>So many runs of a size make one of the next.</summary>
    private const int Together = 4;

    /// <summary>A merge of so few entries is done at once, and a larger one in pieces of no fewer.</summary>
    private const int Piece = 4_096;

    private readonly RunTable _table = new(database);
    private readonly List<RunMerge> _merges = [];
    private List<Run>? _runs;

    /// <summary>Copies out the contents of a key's entries, one behind the other.</summary>
    public void Collect(long key, IBufferWriter<byte> into)
    {
        foreach (var run in Loaded()) _table.Collect(run, key, into);
    }

    /// <summary>Whether a key may have entries, told without a look at the file.</summary>
    public bool MayHold(long key)
    {
        foreach (var run in Loaded())
            if (key >= run.From && run.Index.Find(key) is var parts && parts.Start.Value < parts.End.Value) return true;
        return false;
    }

    /// <summary>Reads which runs there are, if that is not known: from here on <see cref="MayHold"/> only looks.</summary>
    public void Prepare() => Loaded();

    /// <summary>Adds entries, and merges about as many older ones for each size of run.</summary>
    /// <param name="batches">The entries; of those of one key in several batches, each batch's stay together.</param>
    public void Append(params ReadOnlySpan<RunBatch> batches)
    {
        var count = 0;
        foreach (var batch in batches)
        {
            batch.Sort();
            count += batch.Count;
        }

        if (count == 0) return;
        var runs = Loaded();
        var run = _table.Add(kind, count, isGrowing: false);
        var writer = new RunWriter(_table, run);
        Span<int> next = stackalloc int[batches.Length];
        for (var i = 0; i < count; i++)
        {
            var least = Least(batches, next);
            writer.Add(batches[least].KeyAt(next[least]), batches[least].ContentAt(next[least]));
            next[least]++;
        }

        writer.Flush();
        _table.Close(run);
        runs.Add(run);
        Merge(runs, count);
    }

    /// <summary>Takes entries out, wherever they are on their way; afterwards everything is read again.</summary>
    /// <param name="keys">Keys of entries to take out.</param>
    /// <param name="isMeant">Which of a key's entries.</param>
    public void Erase(IReadOnlyList<long> keys, EntryMatch isMeant)
    {
        foreach (var run in Loaded()) _table.Erase(run, keys, isMeant);
        Forget();
    }

    /// <summary>Looks through a part of the keys, wherever their entries are on their way.</summary>
    /// <param name="after">The last key of the part before; null for the first part.</param>
    /// <param name="chunks">About so many chunks of a run.</param>
    /// <param name="sift">Tells what of each entry stays.</param>
    /// <returns>The last key of the part; null when it was the last part.</returns>
    public long? Sift(long? after, int chunks, Sift sift)
    {
        if (after == long.MaxValue) return null;
        var (runs, from) = (Loaded(), after is { } last ? last + 1 : long.MinValue);
        var through = runs.Min(run => run.Index.Far(from, chunks)) ?? long.MaxValue;
        var sifting = new RunSifting(_table, from, through, sift);
        foreach (var run in runs) sifting.Sift(run);
        foreach (var merge in _merges) merge.Reload();
        return through == long.MaxValue ? null : through;
    }

    /// <summary>After entries were taken out: runs that are empty go.</summary>
    public void Tidy()
    {
        var runs = Loaded();
        foreach (var run in runs.Where(run => run is { IsGrowing: false, Into: null, Entries: 0 }).ToList())
        {
            if (_table.TryReadFirst(run, out _)) continue;
            _table.Remove(run);
            runs.Remove(run);
        }
    }

    /// <summary>The transaction was rolled back: what is stored is read again.</summary>
    public void Forget() => _runs = null;

    /// <summary>The batch whose next entry comes next.</summary>
    private static int Least(ReadOnlySpan<RunBatch> batches, ReadOnlySpan<int> next)
    {
        var least = -1;
        for (var i = 0; i < batches.Length; i++)
            if (next[i] < batches[i].Count && (least < 0 || batches[i].KeyAt(next[i]) < batches[least].KeyAt(next[least]))) least = i;
        return least;
    }

    private List<Run> Loaded()
    {
        if (_runs is { } known) return known;
        _merges.Clear();
        var runs = _table.Load(kind);
        foreach (var target in runs.Where(run => run.IsGrowing))
        {
            var merge = new RunMerge(_table, target, runs.Where(run => run.Into == target));
            target.Expected = merge.Total;
            _table.Resume(target);
            _merges.Add(merge);
        }

        return _runs = runs;
    }

    private void Merge(List<Run> runs, long added)
    {
        Begin(runs);
        for (var i = 0; i < _merges.Count; i++)
        {
            var merge = _merges[i];

            // A merge has to be done before as many runs again have come: twice as fast as they come is in good time.
            merge.Owed += 2 * added;
            if (merge.Owed < Piece && merge.Total > Piece) continue;
            if (merge.Advance(Math.Max(merge.Owed, Piece)))
            {
                runs.RemoveAll(run => run.Into == merge.Target);
                _merges.RemoveAt(i--);
                Begin(runs);
            }
            else
            {
                merge.Owed = 0;
            }
        }
    }

    private void Begin(List<Run> runs)
    {
        while (runs.Where(run => run is { IsGrowing: false, Into: null }).GroupBy(run => run.Size).FirstOrDefault(size => size.Count() >= Together) is { } found)
        {
            var sources = found.Take(Together).ToList();
            var target = _table.Add(kind, sources.Sum(run => run.Entries), isGrowing: true);
            foreach (var source in sources) _table.Pour(source, target);
            runs.Add(target);
            _merges.Add(new RunMerge(_table, target, sources));
        }
    }
}

/// <summary>Whether an entry's content is one that is meant.</summary>
internal delegate bool EntryMatch(ReadOnlySpan<byte> content);
