using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Storage;

/// <summary>A row of <c>experiments</c>.</summary>
internal sealed record ExperimentRow
{
    public const string Columns = "key, version, status, iteration, epoch, created_at, started_at, stopped_at, closes_at, iteration_started_at, search, design, plan";

    private static readonly JsonSerializerOptions PlanJson = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public required string Key { get; init; }

    public required int Version { get; init; }

    public required string Status { get; init; }

    public required int Iteration { get; init; }

    public required int Epoch { get; init; }

    public required long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? StoppedAt { get; init; }

    public long? ClosesAt { get; init; }

    public long? IterationStartedAt { get; init; }

    /// <summary>What the list is searched in: key and name, lower case.</summary>
    public required string Search { get; init; }

    public required string Design { get; init; }

    public required string Plan { get; init; }

    /// <summary>The version that must still be stored for a replacement to happen.</summary>
    public int ExpectedVersion { get; init; }

    /// <summary>What of an experiment's course the audit tells, by column.</summary>
    public long? Course(string column) => column switch
    {
        "iteration" => Iteration,
        "epoch" => Epoch,
        "started_at" => StartedAt,
        "stopped_at" => StoppedAt,
        "closes_at" => ClosesAt,
        "iteration_started_at" => IterationStartedAt,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "It is no part of the course."),
    };

    /// <summary>A plan as it is stored: it is frozen, whatever a later version would price.</summary>
    public static string WritePlan(ExperimentPlan plan) => JsonSerializer.Serialize(plan, PlanJson);

    /// <summary>Reads what <see cref="WritePlan"/> wrote.</summary>
    public static ExperimentPlan ReadPlan(string plan) => JsonSerializer.Deserialize<ExperimentPlan>(plan, PlanJson)!;

    public static ExperimentRow Of(Experiment experiment, int expectedVersion) => new()
    {
        Key = experiment.Key,
        Version = experiment.Version,
        Status = Wire.Name(experiment.Status),
        Iteration = experiment.Iteration,
        Epoch = experiment.Epoch,
        CreatedAt = Microseconds.Of(experiment.CreatedAt),
        StartedAt = MicrosecondsOf(experiment.StartedAt),
        StoppedAt = MicrosecondsOf(experiment.StoppedAt),
        ClosesAt = MicrosecondsOf(experiment.ClosesAt),
        IterationStartedAt = MicrosecondsOf(experiment.IterationStartedAt),
        Search = $"{experiment.Key}\n{experiment.Design.Name}".ToLowerInvariant(),
        Design = DesignWriter.Write(experiment.Design).ToJsonString(),
        Plan = WritePlan(experiment.Plan),
        ExpectedVersion = expectedVersion,
    };

    public Experiment ToExperiment() => new()
    {
        Design = ReadDesign(),
        Plan = ReadPlan(Plan),
        Status = Wire.Parse<ExperimentStatus>(Status),
        Version = Version,
        Iteration = Iteration,
        Epoch = Epoch,
        CreatedAt = Microseconds.ToTime(CreatedAt),
        StartedAt = TimeOf(StartedAt),
        StoppedAt = TimeOf(StoppedAt),
        ClosesAt = TimeOf(ClosesAt),
        IterationStartedAt = TimeOf(IterationStartedAt),
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
