using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>amend</c> and <c>decide</c>: part of the contract and refused until they are honoured in full.</summary>
internal static class LaterActions
{
    public static Task<ProblemHttpResult> Amend(string id, ExperimentDirectory directory, CancellationToken cancellation) => RefuseAsync(id, "amend", directory, cancellation);

    public static Task<ProblemHttpResult> Decide(string id, ExperimentDirectory directory, CancellationToken cancellation) => RefuseAsync(id, "decide", directory, cancellation);

    private static async Task<ProblemHttpResult> RefuseAsync(string id, string action, ExperimentDirectory directory, CancellationToken cancellation) =>
        await directory.FindAsync(id, cancellation) is null ? Problems.UnknownExperiment(id) : ExperimentProblems.NotSupportedYet(action);
}
