using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>What a readout depends on, of an experiment as the catalog holds it and the picture that the event store serves.</summary>
internal static class ReadoutInputs
{
    /// <summary>The readout as the API tells it and everything recorded keeps it: in English, whoever asks.</summary>
    public static Readout Draw(ReadoutInput input) => Language.In(Language.English, () => Readout.Analyse(input));

    public static ReadoutInput Of(Experiment experiment, MeasuredExperiment measured, DateTimeOffset asOf, bool allPairs) => new(
        experiment.Design,
        experiment.Plan,
        experiment.Key,
        Wire.Name(experiment.Status),
        experiment.Iteration,
        experiment.Epoch,
        measured,
        experiment.Recorded.Looks,
        asOf,
        allPairs,
        Final: false)
    {
        StartedAt = experiment.BeganAt,
        StoppedAt = experiment.StoppedAt,
        Crossings = experiment.Recorded.Crossings,
        Record = experiment.Installation,
    };
}
