using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Analysis.Designs;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Experiments;

/// <summary>An experiment as the API shows it.</summary>
/// <param name="Version">Grows with every change; the ETag follows it.</param>
/// <param name="ClosesAt">From then on no event of a stopped experiment counts.</param>
/// <param name="Plan">The price of the design.</param>
/// <param name="IterationStartedAt">When an amendment began the current iteration: only units count that nobody had exposed before. Absent while the first lasts.</param>
internal sealed record ExperimentResource(
    string Key,
    ExperimentStatus Status,
    int Version,
    int Iteration,
    int Epoch,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? StoppedAt,
    DateTimeOffset? ClosesAt,
    DesignDocument Design,
    ExperimentPlan Plan,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? IterationStartedAt)
{
    public static ExperimentResource Of(Experiment experiment) => new(
        experiment.Key,
        experiment.Status,
        experiment.Version,
        experiment.Iteration,
        experiment.Epoch,
        experiment.CreatedAt.ToUniversalTime(),
        experiment.StartedAt,
        experiment.StoppedAt,
        experiment.ClosesAt,
        DesignWriter.Write(experiment.Design).Deserialize<DesignDocument>(ServerBuilder.Json)!,
        experiment.Plan,
        experiment.IterationStartedAt);

    /// <summary>Creation is part of it, because a deleted draft's key may be used again.</summary>
    public static EntityTagHeaderValue TagOf(Experiment experiment) => new($"\"v{experiment.Version}-{Microseconds.Of(experiment.CreatedAt):x}\"");
}
