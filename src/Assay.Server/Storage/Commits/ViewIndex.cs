using System.Collections.Immutable;

namespace Assay.Server.Storage.Commits;

/// <summary>Every experiment at one commit, by key, by number and by the names of events it uses.</summary>
internal sealed class ViewIndex
{
    private readonly ImmutableDictionary<string, ViewState> _byKey;
    private readonly ImmutableDictionary<int, ViewState> _byId;
    private readonly ImmutableDictionary<string, ImmutableArray<int>> _users;

    public ViewIndex(long watermark, IEnumerable<ViewState> states)
    {
        Watermark = watermark;
        var all = states.ToList();
        _byKey = all.ToImmutableDictionary(state => state.Key, StringComparer.Ordinal);
        _byId = all.ToImmutableDictionary(state => state.Id);
        _users = UsersOf(all);
    }

    private ViewIndex(
        long watermark,
        ImmutableDictionary<string, ViewState> byKey,
        ImmutableDictionary<int, ViewState> byId,
        ImmutableDictionary<string, ImmutableArray<int>> users)
    {
        Watermark = watermark;
        _byKey = byKey;
        _byId = byId;
        _users = users;
    }

    public long Watermark { get; }

    public int NextId => _byId.IsEmpty ? 1 : _byId.Keys.Max() + 1;

    /// <summary>Experiments that are measured: those whose rows have gone are not.</summary>
    public IEnumerable<ViewState> Opened => _byId.Values.Where(state => state is { Measure: not null, SealedAt: null });

    /// <summary>Experiments whose rows have gone.</summary>
    public IEnumerable<ViewState> Sealed => _byId.Values.Where(state => state.SealedAt is not null);

    public ViewState? Find(string key) => _byKey.GetValueOrDefault(key);

    public ViewState Find(int id) => _byId[id];

    public ViewState? TryFind(int id) => _byId.GetValueOrDefault(id);

    public ImmutableArray<ViewState> Using(string name) =>
        _users.TryGetValue(name, out var users) ? ImmutableArray.CreateRange(users, id => _byId[id]) : [];

    /// <summary>Of two indexes of the same views, the one or the other state of each experiment, whichever is further on.</summary>
    public ViewIndex Or(ViewIndex other) => ReferenceEquals(this, other) ? this : With(Math.Max(Watermark, other.Watermark), [.. other._byId.Values.Where(state => !(TryFind(state.Id)?.Revision >= state.Revision))]);

    /// <summary>The index after a commit.</summary>
    public ViewIndex With(long watermark, IReadOnlyCollection<ViewState> changed)
    {
        var byId = _byId.SetItems(changed.Select(state => KeyValuePair.Create(state.Id, state)));
        var isOpening = changed.Any(state => _byId.GetValueOrDefault(state.Id) is var known && (known?.Measure != state.Measure || known?.SealedAt != state.SealedAt));
        return new ViewIndex(
            watermark,
            _byKey.SetItems(changed.Select(state => KeyValuePair.Create(state.Key, state))),
            byId,
            isOpening ? UsersOf(byId.Values) : _users);
    }

    private static ImmutableDictionary<string, ImmutableArray<int>> UsersOf(IEnumerable<ViewState> states) =>
        states.Where(state => state.SealedAt is null).SelectMany(state => state.Measure?.Names.Select(name => (Name: name, state.Id)) ?? [])
            .GroupBy(use => use.Name, use => use.Id, StringComparer.Ordinal)
            .ToImmutableDictionary(users => users.Key, users => users.ToImmutableArray(), StringComparer.Ordinal);
}
