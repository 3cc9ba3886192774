using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Storage;

/// <summary>A row of <c>experiments</c>.</summary>
internal sealed record ExperimentRow(
    string Key, long Version, string Status, long Iteration, long Epoch, long CreatedAt, long? StartedAt, long? StoppedAt, long? ClosesAt, string Search, string Design, string Plan)
{
    /// <summary>The version that must still be stored for a replacement to happen.</summary>
    public long ExpectedVersion { get; init; }

    public static ExperimentRow Of(Experiment experiment, int expectedVersion) => new(
        experiment.Key,
        experiment.Version,
        Wire.Name(experiment.Status),
        experiment.Iteration,
        experiment.Epoch,
        Microseconds.Of(experiment.CreatedAt),
        MicrosecondsOf(experiment.StartedAt),
        MicrosecondsOf(experiment.StoppedAt),
        MicrosecondsOf(experiment.ClosesAt),
        $"{experiment.Key}\n{experiment.Design.Name}".ToLowerInvariant(),
        JsonSerializer.Serialize(experiment.Design),
        JsonSerializer.Serialize(experiment.Plan))
    {
        ExpectedVersion = expectedVersion,
    };

    public Experiment ToExperiment() => new()
    {
        Design = JsonSerializer.Deserialize<Design>(Design)!,
        Plan = JsonSerializer.Deserialize<ExperimentPlan>(Plan)!,
        Status = Wire.Parse<ExperimentStatus>(Status),
        Version = (int)Version,
        Iteration = (int)Iteration,
        Epoch = (int)Epoch,
        CreatedAt = Microseconds.ToTime(CreatedAt),
        StartedAt = TimeOf(StartedAt),
        StoppedAt = TimeOf(StoppedAt),
        ClosesAt = TimeOf(ClosesAt),
    };

    private static long? MicrosecondsOf(DateTimeOffset? time) => time is { } known ? Microseconds.Of(known) : null;

    private static DateTimeOffset? TimeOf(long? microseconds) => microseconds is { } known ? Microseconds.ToTime(known) : null;
}
