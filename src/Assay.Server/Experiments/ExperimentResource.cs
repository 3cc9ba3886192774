using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Experiments;

/// <summary>An experiment as the API shows it.</summary>
/// <param name="Version">Grows with every change; the ETag follows it.</param>
/// <param name="ClosesAt">From then on no event of a stopped experiment counts.</param>
/// <param name="IterationStartedAt">When an amendment began the current iteration: only units count that nobody had exposed before. Null while the first lasts.</param>
/// <param name="Plan">The price of the design.</param>
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
    DateTimeOffset? IterationStartedAt,
    DesignDocument Design,
    ExperimentPlan Plan)
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
        experiment.IterationStartedAt,
        DesignWriter.Write(experiment.Design).Deserialize<DesignDocument>(ServerBuilder.Json)!,
        experiment.Plan);

    /// <summary>Creation is part of it, because a deleted draft's key may be used again.</summary>
    public static EntityTagHeaderValue TagOf(Experiment experiment) => new($"\"v{experiment.Version}-{Microseconds.Of(experiment.CreatedAt):x}\"");
}
