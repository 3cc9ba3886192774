using System.Buffers;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Units that came lately, with the rows that a measure needs: what is not in here is read from the storage.</summary>
internal sealed class KnownUnits(UnitMemory memory)
{
    /// <summary>A place in a dictionary and the headers of an array, roughly.</summary>
    private const int Overhead = 96;

    /// <summary>A tally of a few metrics, roughly.</summary>
    private const int TallyBytes = 1_024;

    private readonly ArrayBufferWriter<byte> _kept = new();
    private Dictionary<UInt128, (KnownUnit Unit, int Since)> _young = [];
    private Dictionary<UInt128, (KnownUnit Unit, int Since)> _old = [];
    private long _youngBytes;
    private int _since;

    public bool TryFind(UInt128 user, out KnownUnit unit)
    {
        if (!_young.TryGetValue(user, out var known))
        {
            if (!_old.Remove(user, out known))
            {
                unit = default;
                return false;
            }

            Put(user, known);
        }

        unit = known.Since == _since ? known.Unit : new KnownUnit(known.Unit.Unit, null);
        return true;
    }

    /// <summary>Two generations: what was not asked for while one filled is forgotten. What an open transaction has changed is never in here.</summary>
    public void Set(UInt128 user, KnownUnit unit) => Put(user, (unit, _since));

    /// <summary>Remembers what a unit has come to in a commit that is on disk.</summary>
    public void Keep(UnitWork unit)
    {
        if (unit.Unit is not { } number) return;
        if (unit.IsLoaded) Set(unit.Fingerprint, Remembered(number, unit));
        else if (unit.Rows is null) Set(unit.Fingerprint, new KnownUnit(number, null));
    }

    /// <summary>Others may have added rows: of what is remembered only the numbers still hold.</summary>
    public void ForgetRows() => _since++;

    public void Clear()
    {
        _young = [];
        _old = [];
        _youngBytes = 0;
    }

    private void Put(UInt128 user, (KnownUnit Unit, int Since) known)
    {
        if (_youngBytes > memory.Room / 2)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _youngBytes = 0;
        }

        _youngBytes += Overhead + (known.Unit.Rows?.Length ?? 0) + (TallyBytes * (known.Unit.Tallies?.Count ?? 0));
        _young[user] = known;
    }

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
}

/// <param name="Unit">Its number.</param>
/// <param name="Rows">Its packed rows without what a measure has no use for; null where they were never read.</param>
/// <param name="Tallies">Of a unit of very many events what they come to, by experiment: they are then not among its rows.</param>
internal readonly record struct KnownUnit(long Unit, byte[]? Rows, Dictionary<int, UnitTally>? Tallies = null);
