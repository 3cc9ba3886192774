using System.Runtime.InteropServices;

namespace Assay.Server.Storage.Commits;

/// <summary>Units of one lane that a commit has named, kept with all their room from one commit to the next.</summary>
internal sealed class UnitLane
{
    private readonly List<UnitWork> _spare = [];
    private readonly Dictionary<UInt128, UnitWork> _units = [];

    /// <summary>Those of the commit.</summary>
    public Span<UnitWork> Units => CollectionsMarshal.AsSpan(_spare)[.._units.Count];

    /// <summary>A unit; when it was not named before, nothing is known of it yet.</summary>
    public UnitWork Of(string userId, UInt128 user)
    {
        ref var unit = ref CollectionsMarshal.GetValueRefOrAddDefault(_units, user, out var isNamed);
        if (isNamed) return unit!;
        if (_units.Count > _spare.Count) _spare.Add(new UnitWork(userId));
        unit = _spare[_units.Count - 1];
        unit.Begin(userId, user);
        return unit;
    }

    /// <summary>A commit begins: nothing is left of the one before.</summary>
    public void Clear()
    {
        var taken = _units.Count;
        foreach (var unit in Units) unit.Forget();
        _units.Clear();

        // What the largest commits took is given back once smaller ones come.
        if (_spare.Count > Math.Max(CommitQueue.LargestCommit, 2 * taken)) _spare.RemoveRange(taken, _spare.Count - taken);
    }
}
