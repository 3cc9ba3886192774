using System.Diagnostics;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>All that a commit can ask, fetched before it asks.</summary>
internal sealed class FetchedRows(
    CommitNumbers numbers,
    StoredUnits units,
    IReadOnlyDictionary<(int? Scope, string Id), EventContent> events,
    IReadOnlyDictionary<(int Experiment, string Id), ExposureContent> exposures) : IStoredRows
{
    private readonly Dictionary<int, long> _lastAt = [];

    /// <summary>Latest time of the commit's events, by name.</summary>
    public IReadOnlyDictionary<int, long> LastAt => _lastAt;

    public long? FindUnit(string userId) => numbers.Units.ByText[userId];

    public long AddUnit(string userId) => throw new UnreachableException("Every unit of a commit was numbered before.");

    public int NumberOf(string name) => numbers.Names.ByText[name];

    public void Saw(int name, long at) => _lastAt[name] = Math.Max(at, _lastAt.GetValueOrDefault(name, long.MinValue));

    /// <summary>The index is on the id itself.</summary>
    public long? HashOf(int? experiment, string id) => null;

    public EventContent? FindEvent(int? scope, string id, long? hash) => events.GetValueOrDefault((scope, id));

    public ExposureContent? FindExposure(int experiment, string id, long? hash) => exposures.GetValueOrDefault((experiment, id));

    public void Load(UnitWork work, Drafts drafts) => units.Load(work, drafts);
}
