using System.Collections.Concurrent;

namespace Assay.Server.Storage;

/// <summary>Experiments by key from memory, because ingestion asks at every request. Whoever changes one says so here, after the commit; where several processes may, they tell each other.</summary>
internal sealed class ExperimentDirectory(ICatalog catalog)
{
    private readonly ConcurrentDictionary<string, Experiment> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _changes;
    private bool _isTold = true;

    /// <summary>Grows with every change of any experiment: what is derived from experiments is good for as long as this stands still.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public ValueTask<Experiment?> FindAsync(string key, CancellationToken cancellation) =>
        _known.TryGetValue(key, out var experiment) ? ValueTask.FromResult<Experiment?>(experiment) : new(LoadAsync(key, cancellation));

    public void Forget(string key)
    {
        lock (_gate)
        {
            _changes++;
            _known.TryRemove(key, out _);
        }
    }

    /// <summary>Says whether the changes of other processes are told here. What was known is forgotten, and nothing is remembered until they are.</summary>
    public void SetTold(bool isTold)
    {
        lock (_gate)
        {
            _changes++;
            _isTold = isTold;
            _known.Clear();
        }
    }

    /// <summary>The experiment as it is stored now.</summary>
    public Task<Experiment?> ReloadAsync(string key, CancellationToken cancellation) => LoadAsync(key, cancellation);

    private async Task<Experiment?> LoadAsync(string key, CancellationToken cancellation)
    {
        var seen = Changes;
        var experiment = await catalog.FindAsync(key, cancellation);
        if (experiment is null) return null;
        lock (_gate)
        {
            // What was read while something changed may be of before the change: serve it once, keep it not.
            if (_isTold && seen == _changes) _known[key] = experiment;
        }

        return experiment;
    }
}
