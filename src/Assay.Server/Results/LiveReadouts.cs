using System.Collections.Concurrent;
using System.Globalization;
using Assay.Analysis.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>The live readout of every experiment that somebody reads.</summary>
internal sealed class LiveReadouts(IEventStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Experiment, bool AllPairs, CultureInfo Language), LiveReadout> _readouts = new();

    /// <summary>In English, which the API speaks and everything recorded is in.</summary>
    public LiveReadout Of(string experiment, bool allPairs) => In(Language.English, experiment, allPairs);

    public ServedReadout Read(Experiment experiment, bool allPairs) => Of(experiment.Key, allPairs).Read(experiment);

    /// <summary>For a page, in the language it is in now.</summary>
    public ServedReadout ReadForPage(Experiment experiment) => In(CultureInfo.CurrentUICulture, experiment.Key, allPairs: false).Read(experiment);

    private LiveReadout In(CultureInfo language, string experiment, bool allPairs) =>
        _readouts.GetOrAdd((experiment, allPairs, Language.Shared(language)), key => new LiveReadout(store, time, key.AllPairs, key.Language));
}
