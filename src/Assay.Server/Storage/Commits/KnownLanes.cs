namespace Assay.Server.Storage.Commits;

/// <summary>What is remembered of units, by lane: each lane looks up and keeps its own.</summary>
internal sealed class KnownLanes(UnitMemory memory)
{
    private readonly KnownUnits[] _lanes = Lanes.Each(() => new KnownUnits(memory with { Room = memory.Room / Lanes.Count }));

    /// <summary>Tells a unit what is remembered of it, if anything is.</summary>
    public void Recall(UnitWork unit)
    {
        if (Of(unit.Fingerprint).TryFind(unit.Fingerprint, out var known)) (unit.Unit, unit.Rows, unit.Tallies) = (known.Unit, known.Rows, known.Tallies);
    }

    public bool TryFind(UInt128 user, out KnownUnit unit) => Of(user).TryFind(user, out unit);

    /// <summary>The number alone, which holds whenever a unit is found.</summary>
    public bool TryFindNumber(UInt128 user, out long number) => Of(user).TryFindNumber(user, out number);

    public void Set(UInt128 user, in KnownUnit unit) => Of(user).Set(user, unit);

    /// <summary>Remembers what the units of a commit have come to.</summary>
    /// <param name="work">The commit.</param>
    /// <param name="isStored">Which of them are stored; all unless given.</param>
    public void Keep(CommitWork work, Predicate<UnitWork>? isStored = null)
    {
        try
        {
            Lanes.Run(work.UnitCount, lane =>
            {
                foreach (var unit in work.Units[lane].Units)
                    if (isStored is null || isStored(unit)) _lanes[lane].Keep(unit);
            });
        }
        catch (OutOfMemoryException)
        {
            // What is remembered only saves time.
            Clear();
        }
        catch
        {
            // Of the units that it did not come to, what was true before would go on being remembered.
            Clear();
            throw;
        }
    }

    /// <summary>Others may have added rows: of what is remembered only the numbers still hold.</summary>
    public void ForgetRows()
    {
        foreach (var lane in _lanes) lane.ForgetRows();
    }

    /// <summary>A unit is no more.</summary>
    public void Forget(UInt128 user) => Of(user).Forget(user);

    public void Clear()
    {
        foreach (var lane in _lanes) lane.Clear();
    }

    private KnownUnits Of(UInt128 user) => _lanes[Lanes.Of(user)];
}
