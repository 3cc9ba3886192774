using System.Collections.Concurrent;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>The live readout of every experiment that somebody reads.</summary>
internal sealed class LiveReadouts(IEventStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Experiment, bool AllPairs), LiveReadout> _readouts = new();

    public LiveReadout Of(string experiment, bool allPairs) => _readouts.GetOrAdd((experiment, allPairs), key => new LiveReadout(store, time, key.AllPairs));

    public ServedReadout Read(Experiment experiment, bool allPairs) => Of(experiment.Key, allPairs).Read(experiment);
}
