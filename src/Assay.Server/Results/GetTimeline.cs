using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results;

/// <summary><c>GET …/timeline</c>, which this version refuses in plain words rather than as an unknown path.</summary>
internal static class GetTimeline
{
    /// <param name="metric">The metric whose course is asked for; the primary unless given.</param>
    public static async Task<ProblemHttpResult> Handle(string id, string? metric, ExperimentDirectory experiments, CancellationToken cancellation) =>
        await experiments.FindAsync(id, cancellation) is null
            ? Problems.UnknownExperiment(id)
            : Problems.Of(
                StatusCodes.Status501NotImplemented, "not_supported_yet", "Not supported yet", $"This version cannot tell the course of {metric ?? "an experiment"} yet; live-stats has its last point.");
}
