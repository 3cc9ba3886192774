using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>The broadcasts that somebody watches: begun by the first watcher, ended with the last.</summary>
internal sealed class Broadcasts(LiveReadouts readouts, ExperimentDirectory experiments, TimeProvider time, ILogger<Broadcast> log)
{
    private readonly Dictionary<(string Experiment, bool AllPairs), Broadcast> _running = [];
    private readonly Lock _gate = new();

    public Broadcast Join(string experiment, bool allPairs, string etag)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue((experiment, allPairs), out var broadcast))
            {
                broadcast = new Broadcast(experiment, readouts.Of(experiment, allPairs), experiments, time, log);
                _running.Add((experiment, allPairs), broadcast);
                broadcast.Start(etag);
            }

            broadcast.Watchers++;
            return broadcast;
        }
    }

    /// <summary>The newest turn of an experiment that somebody watches; null where nobody does.</summary>
    public Turn? Latest(string experiment)
    {
        lock (_gate) return _running.GetValueOrDefault((experiment, false))?.Latest;
    }

    public void Leave(string experiment, bool allPairs, Broadcast broadcast)
    {
        lock (_gate)
        {
            if (--broadcast.Watchers > 0) return;
            if (_running.TryGetValue((experiment, allPairs), out var running) && ReferenceEquals(running, broadcast)) _running.Remove((experiment, allPairs));
            broadcast.Dispose();
        }
    }
}
