using System.Runtime.InteropServices;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Tells which chunks of a run may hold a key, without a look at the file: by stretches, so that what is known of a large run is stored while it grows and never at once.</summary>
internal sealed class RunIndex
{
    /// <summary>So many different keys fill a stretch: a filter of 128 KiB.</summary>
    public const int KeysOfAStretch = 65_536;

    private readonly List<Stretch> _stored = [];
    private readonly List<long> _firsts = [];
    private Filter? _filter;
    private long _last;
    private int _keys;

    /// <summary>The part of the next chunk.</summary>
    public int Next => StoredEnd + _firsts.Count;

    /// <summary>The part behind the last stored stretch.</summary>
    public int StoredEnd => _stored.Count == 0 ? 0 : _stored[^1].End;

    /// <summary>Chunks that a key may be in, by part; empty where it is in none.</summary>
    public Range Find(long key)
    {
        if (_filter is not null && _firsts.Count > 0 && key >= _firsts[0]) return Stretch.Find(StoredEnd, CollectionsMarshal.AsSpan(_firsts), _last, _filter, key);
        return StretchOf(key)?.Find(key) ?? default;
    }

    /// <summary>Chunks that hold keys of a range, or reach into it.</summary>
    public Range Between(long from, long through)
    {
        var (part, start, end) = (0, 0, 0);
        foreach (var first in Firsts())
        {
            if (first > through) break;
            if (first < from) start = part;
            end = ++part;
        }

        return start..end;
    }

    /// <summary>The first key of a chunk some chunks further on; null where there are fewer.</summary>
    public long? Far(long from, int chunks) => Firsts().Where(first => first > from).Skip(chunks).Select(first => (long?)first).FirstOrDefault();

    /// <summary>The stored stretches that chunks are of.</summary>
    public List<Stretch> StretchesOf(Range parts) => _stored.FindAll(stretch => stretch.Part < parts.End.Value && parts.Start.Value < stretch.End);

    private Stretch? StretchOf(long key)
    {
        var (low, high) = (0, _stored.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_stored[middle].Firsts[0] <= key) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : _stored[low - 1];
    }

    /// <summary>Whether a key begins a new stretch.</summary>
    public bool EndsBefore(long key) => _keys >= KeysOfAStretch && key != _last;

    /// <summary>The key of the next entry.</summary>
    /// <param name="key">No less than the one before.</param>
    /// <param name="left">Entries that may still come, this one among them.</param>
    public void Add(long key, long left)
    {
        if (_filter is not null && key == _last) return;
        _filter ??= Filter.For(Math.Clamp(left, 1, KeysOfAStretch));
        _filter.Add(key);
        _last = key;
        _keys++;
    }

    /// <summary>The entries since the last chunk are one.</summary>
    public void EndChunk(long first) => _firsts.Add(first);

    /// <summary>Ends the stretch, whose chunks are all written.</summary>
    /// <returns>What is to be stored; null when nothing came.</returns>
    public Stretch? Complete()
    {
        if (_filter is null) return null;
        var stretch = new Stretch(StoredEnd, [.. _firsts], _last, _filter);
        _stored.Add(stretch);
        (_filter, _keys) = (null, 0);
        _firsts.Clear();
        return stretch;
    }

    /// <summary>Takes up a stretch that is stored, in their order.</summary>
    public void Put(Stretch stretch) => _stored.Add(stretch);

    public void Replace(Stretch old, Stretch changed) => _stored[_stored.IndexOf(old)] = changed;

    private IEnumerable<long> Firsts() => _stored.SelectMany(stretch => stretch.Firsts).Concat(_firsts);
}
