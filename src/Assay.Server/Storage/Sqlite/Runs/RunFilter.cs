namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Says of most keys that a run does not hold them: a filter for each stretch of its keys, so that a large run's is stored while it grows and never at once.</summary>
internal sealed class RunFilter
{
    /// <summary>So many different keys fill a stretch: 80 KiB.</summary>
    public const int KeysOfAStretch = 65_536;

    private readonly List<Stretch> _full = [];
    private Filter? _open;
    private long _first;
    private long _last;
    private int _keys;

    /// <summary>Whether a run may hold a key; false only where it does not.</summary>
    public bool MayHold(long key)
    {
        if (_open is not null && key >= _first) return key <= _last && _open.MayHold(key);
        var (low, high) = (0, _full.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_full[middle].First <= key) low = middle + 1;
            else high = middle;
        }

        return low > 0 && key <= _full[low - 1].Last && _full[low - 1].Filter.MayHold(key);
    }

    /// <summary>The key of a run's next entry.</summary>
    /// <param name="key">No less than the one before.</param>
    /// <param name="left">Entries that may still come, this one among them.</param>
    /// <returns>A stretch that has become full, and is to be stored.</returns>
    public Stretch? Add(long key, long left)
    {
        if (_open is not null && key == _last) return null;
        var full = _keys == KeysOfAStretch ? Complete() : null;
        if (_open is null) (_open, _first, _keys) = (Filter.For(Math.Clamp(left, 1, KeysOfAStretch)), key, 0);
        _open.Add(key);
        _last = key;
        _keys++;
        return full;
    }

    /// <summary>No key comes any more, or none that belongs to this stretch.</summary>
    /// <returns>The stretch that was not full, to be stored; null when there is none.</returns>
    public Stretch? Complete()
    {
        if (_open is null) return null;
        var stretch = new Stretch(_first, _last, _open);
        Put(stretch);
        (_open, _keys) = (null, 0);
        return stretch;
    }

    /// <summary>Takes up a stretch that is stored, in the order of keys.</summary>
    public void Put(Stretch stretch) => _full.Add(stretch);

    /// <summary>The last key of a stored stretch; what comes behind it was not stored yet.</summary>
    public long? LastStored => _full.Count == 0 ? null : _full[^1].Last;

    /// <summary>The stored stretch that a key is in; null where it is in none.</summary>
    public Stretch? StretchOf(long key) => _full.Find(stretch => stretch.First <= key && key <= stretch.Last);

    /// <summary>Exchanges a stretch for one with fewer keys, or for none.</summary>
    public void Replace(Stretch old, Stretch? changed)
    {
        var place = _full.IndexOf(old);
        if (changed is null) _full.RemoveAt(place);
        else _full[place] = changed;
    }
}
