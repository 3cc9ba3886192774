namespace Assay.Server.Storage.Commits;

/// <summary>What commits work with, kept from one to the next: all of it lives as long as a commit, too long for the collector's youngest generation and too short for its oldest.</summary>
internal sealed class CommitRoom
{
    private readonly UnitLane[] _lanes = Lanes.Each(() => new UnitLane());

    /// <summary>The commit's units, by lane.</summary>
    public ReadOnlySpan<UnitLane> Units => _lanes;

    /// <summary>What the lanes have found for the items that are to be judged, in their order.</summary>
    public List<NamedUnit> Named { get; } = [];

    public Dictionary<(int Scope, Guid Id), EventItem> EventIds { get; } = [];

    public Dictionary<(int Experiment, string Id), ExposureItem> ExposureIds { get; } = [];

    public List<NewExposure> Exposures { get; } = [];

    public List<NewEvent> Events { get; } = [];

    public List<NewCovariate> Covariates { get; } = [];

    /// <summary>A unit, in its lane.</summary>
    public UnitWork Of(string userId, UInt128 user) => _lanes[Lanes.Of(user)].Of(userId, user);

    /// <summary>A commit begins: nothing is left of the one before.</summary>
    public void Clear()
    {
        Lanes.Run(Exposures.Count + Events.Count, lane => _lanes[lane].Clear());
        Named.Clear();
        EventIds.Clear();
        ExposureIds.Clear();
        Exposures.Clear();
        Events.Clear();
        Covariates.Clear();
    }
}

/// <param name="Unit">The unit that an item names.</param>
/// <param name="MayBeTaken">Whether the item's id may be stored already.</param>
internal readonly record struct NamedUnit(UnitWork Unit, bool MayBeTaken);
