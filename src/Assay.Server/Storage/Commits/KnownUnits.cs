using System.Buffers;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Units that came lately, with the rows that a measure needs: what is not in here is read from the storage.</summary>
/// <remarks>Two generations: what was not asked for while one filled is forgotten. What an open transaction has changed is never in here.</remarks>
internal sealed class KnownUnits(UnitMemory memory)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private Generation _young = new();
    private Generation _old = new();
    private int _since;

    public bool TryFind(UInt128 user, out KnownUnit unit)
    {
        if (_young.TryFind(user, _since, out unit)) return true;
        if (!_old.TryFind(user, _since, out unit)) return false;
        _old.Remove(user);
        Set(user, unit);
        return true;
    }

    public void Set(UInt128 user, KnownUnit unit)
    {
        if (_young.Bytes > memory.Room / 2)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young.Set(user, unit, _since);
    }

    /// <summary>Remembers what a unit has come to in a commit that is on disk.</summary>
    public void Keep(UnitWork unit)
    {
        if (unit.Unit is not { } number) return;
        if (unit.IsLoaded) Set(unit.Fingerprint, Remembered(number, unit));
        else if (unit.Rows is null) Set(unit.Fingerprint, new KnownUnit(number, null));
    }

    /// <summary>Others may have added rows: of what is remembered only the numbers still hold.</summary>
    public void ForgetRows() => _since++;

    public void Clear() => (_young, _old) = (new Generation(), new Generation());

    /// <summary>Of a unit of very many events its tallies take the place of its events.</summary>
    private KnownUnit Remembered(long number, UnitWork unit)
    {
        var rows = unit.RowsWithNew();
        if (unit.Tallies is null && rows.Length <= memory.LongestRows) return new KnownUnit(number, rows);
        _kept.ResetWrittenCount();
        for (var place = 0; place < rows.Length;)
            if (RowPacking.Read(rows, ref place) is { Kind: not RowKind.Event } row) RowPacking.Write(_kept, row);
        return new KnownUnit(number, _kept.WrittenSpan.ToArray(), unit.TalliesWithNew());
    }

    private sealed class Generation
    {
        /// <summary>A place in a dictionary, roughly.</summary>
        private const int Overhead = 96;

        /// <summary>A tally of a few metrics, roughly.</summary>
        private const int TallyBytes = 1_024;

        private readonly Dictionary<UInt128, Entry> _entries = [];
        private readonly Dictionary<UInt128, Dictionary<int, UnitTally>> _tallies = [];
        private readonly Slab _rows = new();

        /// <summary>Room that is taken, also by what has been replaced since.</summary>
        public long Bytes { get; private set; }

        public bool TryFind(UInt128 user, int since, out KnownUnit unit)
        {
            unit = default;
            if (!_entries.TryGetValue(user, out var entry)) return false;
            unit = entry.Rows is { } rows && entry.Since == since
                ? new KnownUnit(entry.Unit, _rows.Read(rows), _tallies.GetValueOrDefault(user))
                : new KnownUnit(entry.Unit, null);
            return true;
        }

        public void Set(UInt128 user, KnownUnit unit, int since)
        {
            if (!_entries.TryGetValue(user, out var known)) Bytes += Overhead;
            _entries[user] = new Entry(unit.Unit, Place(known.Rows, unit.Rows), since);
            if (unit.Tallies is not { } tallies) _tallies.Remove(user);
            else if (_tallies.TryAdd(user, tallies)) Bytes += TallyBytes * tallies.Count;
            else _tallies[user] = tallies;
        }

        public void Remove(UInt128 user)
        {
            _entries.Remove(user);
            _tallies.Remove(user);
        }

        public void Clear()
        {
            _entries.Clear();
            _tallies.Clear();
            _rows.Clear();
            Bytes = 0;
        }

        private Slot? Place(Slot? known, byte[]? rows)
        {
            if (rows is null) return null;
            if (known is { } slot && _rows.TryReplace(ref slot, rows)) return slot;
            slot = _rows.Put(rows);
            Bytes += slot.Capacity;
            return slot;
        }

        private readonly record struct Entry(long Unit, Slot? Rows, int Since);
    }
}

/// <param name="Unit">Its number.</param>
/// <param name="Rows">Its packed rows without what a measure has no use for; null where they were never read.</param>
/// <param name="Tallies">Of a unit of very many events what they come to, by experiment: they are then not among its rows.</param>
internal readonly record struct KnownUnit(long Unit, byte[]? Rows, Dictionary<int, UnitTally>? Tallies = null);
