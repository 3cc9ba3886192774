using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Units that came lately, with the rows that a measure needs: what is not in here is read from the runs.</summary>
/// <param name="bytes">Room for them.</param>
internal sealed class KnownUnits(long bytes)
{
    /// <summary>A place in a dictionary and the headers of an array, roughly.</summary>
    private const int Overhead = 96;

    /// <summary>A tally of a few metrics, roughly.</summary>
    private const int TallyBytes = 1_024;

    private Dictionary<UInt128, KnownUnit> _young = [];
    private Dictionary<UInt128, KnownUnit> _old = [];
    private long _youngBytes;

    public bool TryFind(UInt128 user, out KnownUnit unit)
    {
        if (_young.TryGetValue(user, out unit)) return true;
        if (!_old.Remove(user, out unit)) return false;
        Set(user, unit);
        return true;
    }

    /// <summary>Two generations: what was not asked for while one filled is forgotten. What an open transaction has changed is never in here.</summary>
    public void Set(UInt128 user, KnownUnit unit)
    {
        if (_youngBytes > bytes / 2)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _youngBytes = 0;
        }

        _youngBytes += Overhead + (unit.Rows?.Length ?? 0) + (TallyBytes * (unit.Tallies?.Count ?? 0));
        _young[user] = unit;
    }

    public void Clear()
    {
        _young = [];
        _old = [];
        _youngBytes = 0;
    }
}

/// <param name="Unit">Its number.</param>
/// <param name="Rows">Its packed rows without what a measure has no use for; null where they were never read.</param>
/// <param name="Tallies">Of a unit of very many events what they come to, by experiment: they are then not among its rows.</param>
internal readonly record struct KnownUnit(long Unit, byte[]? Rows, Dictionary<int, UnitTally>? Tallies = null);
