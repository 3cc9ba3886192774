using System.Diagnostics;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>All that a commit can ask, fetched before it asks.</summary>
/// <param name="numbers">The numbers of the commit.</param>
/// <param name="units">The units that it names.</param>
/// <param name="experiments">The experiments that it has locked: what a unit has in others is none of its business.</param>
/// <param name="events">The stored events of ids that were taken.</param>
/// <param name="exposures">The stored exposures of ids that were taken.</param>
internal sealed class FetchedRows(
    CommitNumbers numbers,
    CommitUnits units,
    IReadOnlySet<int> experiments,
    IReadOnlyDictionary<(int? Scope, Guid Id), EventContent> events,
    IReadOnlyDictionary<(int Experiment, string Id), ExposureContent> exposures) : IStoredRows
{
    private readonly Dictionary<int, long> _lastAt = [];

    /// <summary>Latest time of the commit's events, by name.</summary>
    public IReadOnlyDictionary<int, long> LastAt => _lastAt;

    public void Recall(UnitWork unit) => units.Find(unit);

    public void Find(UnitWork unit) => throw new UnreachableException("Every unit of a commit was numbered before.");

    public void Add(UnitWork unit) => throw new UnreachableException("Every unit of a commit was numbered before.");

    public string UserOf(long unit) => units.UserOf(unit);

    public int NumberOf(string name) => numbers.Names.ByText[name];

    public void Saw(int name, long at) => _lastAt[name] = Math.Max(at, _lastAt.GetValueOrDefault(name, long.MinValue));

    public bool MayHold(EventItem item) => events.Count > 0;

    public ItemFate? JudgeEvent(int? scope, Guid id, EventItem item, UnitWork unit) => events.GetValueOrDefault((scope, id))?.Judge(item);

    public ItemFate? JudgeExposure(int experiment, ExposureItem item, UnitWork unit) => exposures.GetValueOrDefault((experiment, item.Id!))?.Judge(item);

    public void Load(UnitWork work, Drafts drafts, Func<int, ViewDraft?> viewOf) => units.Load(work, experiment => experiments.Contains(experiment) ? viewOf(experiment) : null);

    public void LoadEvents(UnitWork work, Drafts drafts) => units.LoadEvents(work);
}
