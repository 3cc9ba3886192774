using System.Collections.Immutable;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>What a commit can touch, told from its items and the open views alone, in one pass: everything that it has to know and to lock.</summary>
internal sealed class CommitScope
{
    private readonly ViewIndex _index;
    private readonly CommitUnits _units;
    private readonly Dictionary<string, ImmutableArray<ViewState>> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _covariates = new(StringComparer.Ordinal);
    private readonly HashSet<int> _experiments = [];

    /// <param name="batches">The commit's items.</param>
    /// <param name="index">Every experiment that an item names, and every view that is open.</param>
    /// <param name="midnight">How far days are to be merged.</param>
    /// <param name="units">Takes whom the items name.</param>
    public CommitScope(IReadOnlyList<Batch> batches, ViewIndex index, long midnight, CommitUnits units)
    {
        (_index, _units) = (index, units);
        foreach (var batch in batches) Add(batch);
        foreach (var state in index.Opened)
            if (state.CompactedThrough < midnight) _experiments.Add(state.Id);
    }

    /// <summary>Experiments to lock.</summary>
    public IReadOnlySet<int> Experiments => _experiments;

    /// <summary>Names of events and covariates.</summary>
    public IReadOnlyCollection<string> Names => _covariates.Count == 0 ? _users.Keys : [.. _users.Keys.Union(_covariates, StringComparer.Ordinal)];

    /// <summary>Keys of experiments that items name.</summary>
    public static IReadOnlyCollection<string> Keys(IReadOnlyList<Batch> batches)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            if (batch.Experiment is { } key) keys.Add(key);
            foreach (var item in batch.Events)
                if (item.Scope is { } scope && !ReferenceEquals(scope, batch.Experiment)) keys.Add(scope);
        }

        return keys;
    }

    private void Add(Batch batch)
    {
        if (batch.Experiment is { } key) _experiments.Add(_index.Find(key)!.Id);
        foreach (var item in batch.Exposures) _units.Name(item.UserId, item.User);
        foreach (var item in batch.Covariates)
        {
            _units.Name(item.UserId);
            _covariates.Add(item.Covariate);
        }

        foreach (var item in batch.Events)
        {
            if (item.Scope is { } scope && !ReferenceEquals(scope, batch.Experiment)) _experiments.Add(_index.Find(scope)!.Id);
            var users = Using(item.Name);
            _units.Name(item.UserId, item.User, isMeasured: !users.IsEmpty);
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
