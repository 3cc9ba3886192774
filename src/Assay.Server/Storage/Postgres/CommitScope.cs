using System.Collections.Immutable;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>What a commit can touch, told from its items and the open views alone: everything that it has to know and to lock.</summary>
internal sealed class CommitScope
{
    private readonly ViewIndex _index;
    private readonly Dictionary<string, ImmutableArray<ViewState>> _users = new(StringComparer.Ordinal);
    private readonly HashSet<int> _experiments = [];
    private readonly HashSet<string> _measured = new(StringComparer.Ordinal);

    /// <param name="batches">The commit's items.</param>
    /// <param name="index">Every experiment that an item names, and every view that is open.</param>
    /// <param name="midnight">How far days are to be merged.</param>
    public CommitScope(IReadOnlyList<Batch> batches, ViewIndex index, long midnight)
    {
        _index = index;
        foreach (var batch in batches) Add(batch);
        foreach (var state in index.Opened)
            if (state.CompactedThrough < midnight) _experiments.Add(state.Id);
    }

    /// <summary>Experiments to lock.</summary>
    public IReadOnlySet<int> Experiments => _experiments;

    /// <summary>Units whose stored rows count.</summary>
    public IReadOnlySet<string> Measured => _measured;

    /// <summary>Keys of experiments that items name.</summary>
    public static IEnumerable<string> Keys(IReadOnlyList<Batch> batches) =>
        batches.Select(batch => batch.Experiment).Concat(batches.SelectMany(batch => batch.Events.Select(item => item.Scope))).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Everybody that items name, each with its fingerprint.</summary>
    public static Dictionary<string, UInt128> Users(IReadOnlyList<Batch> batches)
    {
        var users = new Dictionary<string, UInt128>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            foreach (var item in batch.Exposures) users[item.UserId] = item.User;
            foreach (var item in batch.Events) users[item.UserId] = item.User;
            foreach (var item in batch.Covariates) users[item.UserId] = Fingerprint.Of(item.UserId);
        }

        return users;
    }

    /// <summary>Names of events and covariates.</summary>
    public static HashSet<string> Names(IReadOnlyList<Batch> batches) =>
        Distinct(batches, batch => batch.Events.Select(item => item.Name), batch => batch.Covariates.Select(item => item.Covariate));

    private static HashSet<string> Distinct(IReadOnlyList<Batch> batches, params ReadOnlySpan<Func<Batch, IEnumerable<string>>> texts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in batches)
            foreach (var of in texts) found.UnionWith(of(batch));
        return found;
    }

    private void Add(Batch batch)
    {
        if (batch.Experiment is { } key) _experiments.Add(_index.Find(key)!.Id);
        foreach (var item in batch.Exposures) _measured.Add(item.UserId);
        foreach (var item in batch.Covariates) _measured.Add(item.UserId);
        foreach (var item in batch.Events)
        {
            if (item.Scope is { } scope) _experiments.Add(_index.Find(scope)!.Id);
            var users = Using(item.Name);
            if (!users.IsEmpty) _measured.Add(item.UserId);
            foreach (var state in users)
                if (state.Sees(item.Name, item.At)) _experiments.Add(state.Id);
        }
    }

    private ImmutableArray<ViewState> Using(string name)
    {
        if (_users.TryGetValue(name, out var users)) return users;
        users = _index.Using(name);
        _users.Add(name, users);
        return users;
    }
}
