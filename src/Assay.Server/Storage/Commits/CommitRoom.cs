namespace Assay.Server.Storage.Commits;

/// <summary>What commits work with, kept from one to the next: all of it lives as long as a commit, too long for the collector's youngest generation and too short for its oldest.</summary>
internal sealed class CommitRoom
{
    private readonly List<UnitWork> _units = [];
    private int _taken;

    public Dictionary<UInt128, UnitWork> Units { get; } = [];

    public Dictionary<(int? Scope, Guid Id), EventItem> EventIds { get; } = [];

    public Dictionary<(int Experiment, string Id), ExposureItem> ExposureIds { get; } = [];

    public List<NewExposure> Exposures { get; } = [];

    public List<NewEvent> Events { get; } = [];

    public List<NewCovariate> Covariates { get; } = [];

    /// <summary>A unit of which nothing is known yet.</summary>
    public UnitWork Take(string userId, UInt128 fingerprint)
    {
        if (_taken == _units.Count) _units.Add(new UnitWork(userId));
        var unit = _units[_taken++];
        unit.Begin(userId, fingerprint);
        return unit;
    }

    /// <summary>A commit begins: nothing is left of the one before.</summary>
    public void Clear()
    {
        for (var i = 0; i < _taken; i++) _units[i].Forget();
        Units.Clear();
        EventIds.Clear();
        ExposureIds.Clear();
        Exposures.Clear();
        Events.Clear();
        Covariates.Clear();

        // What the largest commits took is given back once smaller ones come.
        if (_units.Count > Math.Max(CommitQueue.LargestCommit, 2 * _taken)) _units.RemoveRange(_taken, _units.Count - _taken);
        _taken = 0;
    }
}
