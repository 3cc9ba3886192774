using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Storage;

/// <summary>A row of <c>experiments</c>.</summary>
internal sealed record ExperimentRow(
    string Key, long Version, string Status, long Iteration, long Epoch, long CreatedAt, long? StartedAt, long? StoppedAt, long? ClosesAt, string Search, string Design, string Plan)
{
    private static readonly JsonSerializerOptions PlanJson = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

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
        DesignWriter.Write(experiment.Design).ToJsonString(),
        JsonSerializer.Serialize(experiment.Plan, PlanJson))
    {
        ExpectedVersion = expectedVersion,
    };

    public Experiment ToExperiment() => new()
    {
        Design = ReadDesign(),
        Plan = JsonSerializer.Deserialize<ExperimentPlan>(Plan, PlanJson)!,
        Status = Wire.Parse<ExperimentStatus>(Status),
        Version = (int)Version,
        Iteration = (int)Iteration,
        Epoch = (int)Epoch,
        CreatedAt = Microseconds.ToTime(CreatedAt),
        StartedAt = TimeOf(StartedAt),
        StoppedAt = TimeOf(StoppedAt),
        ClosesAt = TimeOf(ClosesAt),
    };

    private Design ReadDesign()
    {
        using var document = JsonDocument.Parse(Design);
        var reading = DesignReader.Read(document.RootElement);
        return reading.Design ?? throw new InvalidDataException($"The stored design of '{Key}' cannot be read: {string.Join("; ", reading.Errors.Select(error => $"{error.Pointer} {error.Detail}"))}");
    }

    private static long? MicrosecondsOf(DateTimeOffset? time) => time is { } known ? Microseconds.Of(known) : null;

    private static DateTimeOffset? TimeOf(long? microseconds) => microseconds is { } known ? Microseconds.ToTime(known) : null;
}
