using System.Collections.Immutable;

namespace Assay.Server.Storage.Commits;

/// <summary>The experiments of one commit: published states, each drafted when it is first needed.</summary>
/// <param name="index">The published states.</param>
/// <param name="add">Stores the number of a key never seen.</param>
internal sealed class Drafts(ViewIndex index, Action<int, string> add)
{
    private readonly Dictionary<int, ViewDraft> _byId = [];
    private readonly Dictionary<string, ViewDraft> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<ViewState>> _users = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ViewDraft> All => _byId.Values;

    /// <summary>What is to be published: of the drafts, those that were only looked at are as they were.</summary>
    public IEnumerable<ViewDraft> Changed => _byId.Values.Where(draft => draft.IsChanged || index.Find(draft.State.Key) is null);

    /// <summary>An experiment by key; a key never seen gets its number now.</summary>
    public ViewDraft Of(string key)
    {
        if (_byKey.TryGetValue(key, out var draft)) return draft;
        if (index.Find(key) is { } state) return Draft(state);
        var added = new ViewState(index.NextId + _byId.Values.Count(known => known.State.Id >= index.NextId), key);
        add(added.Id, key);
        return Draft(added);
    }

    public ViewDraft Of(int id) => _byId.TryGetValue(id, out var draft) ? draft : Draft(index.Find(id));

    /// <summary>The draft of an experiment that has one by now.</summary>
    public ViewDraft? TryFind(int id) => _byId.GetValueOrDefault(id);

    /// <summary>Compacts every opened experiment that is behind; most commits find none.</summary>
    public void CompactThrough(long midnight)
    {
        foreach (var state in index.Opened)
            if (state.CompactedThrough < midnight) Of(state.Id).CompactThrough(midnight);
    }

    /// <summary>Whether a metric of any opened experiment uses the event.</summary>
    public bool IsUsed(string name) => !Using(name).IsEmpty;

    /// <summary>Lists the experiments that an event concerns: the one whose route took it, and all that see it.</summary>
    public void Concerned(EventItem item, ViewDraft? scope, List<ViewDraft> concerned)
    {
        concerned.Clear();
        if (scope is not null) concerned.Add(scope);
        foreach (var state in Using(item.Name))
            if (state.Id != scope?.State.Id && state.Sees(item.Name, item.At)) concerned.Add(Of(state.Id));
    }

    private ImmutableArray<ViewState> Using(string name)
    {
        if (_users.TryGetValue(name, out var users)) return users;
        users = index.Using(name);
        _users.Add(name, users);
        return users;
    }

    private ViewDraft Draft(ViewState state)
    {
        var draft = new ViewDraft(state);
        _byId.Add(state.Id, draft);
        _byKey.Add(state.Key, draft);
        return draft;
    }
}
