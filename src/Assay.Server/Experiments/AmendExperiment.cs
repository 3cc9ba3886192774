using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>amend</c>: part of the contract and refused until it is honoured in full.</summary>
internal static class AmendExperiment
{
    public static async Task<ProblemHttpResult> Handle(string id, ExperimentDirectory directory, CancellationToken cancellation) =>
        await directory.FindAsync(id, cancellation) is null ? Problems.UnknownExperiment(id) : ExperimentProblems.NotSupportedYet("amend");
}
