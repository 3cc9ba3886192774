using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Decisions;

/// <summary><c>GET /experiments/{id}/decisions</c> and one of them.</summary>
internal static class ReadDecisions
{
    public static async Task<Results<Ok<DecisionList>, ProblemHttpResult>> List(string id, ExperimentDirectory experiments, ICatalog catalog, CancellationToken cancellation) =>
        await experiments.FindAsync(id, cancellation) is null
            ? Problems.UnknownExperiment(id)
            : TypedResults.Ok(new DecisionList([.. (await catalog.ListDecisionsAsync(id, cancellation)).Select(DecisionResource.Of)]));

    /// <param name="id">The experiment's key.</param>
    /// <param name="number">1, 2, … of the experiment.</param>
    public static async Task<Results<Ok<DecisionResource>, ProblemHttpResult>> Get(string id, int number, ExperimentDirectory experiments, ICatalog catalog, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is null) return Problems.UnknownExperiment(id);
        return await catalog.FindDecisionAsync(id, number, cancellation) is { } found
            ? TypedResults.Ok(DecisionResource.Of(found))
            : Problems.Of(StatusCodes.Status404NotFound, "unknown_decision", "Unknown decision", $"The experiment '{id}' has no decision {number}.");
    }
}
