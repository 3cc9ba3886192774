using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>POST /experiments/{id}/resume</c>: units are assigned again, as they were.</summary>
internal static class ResumeExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        if (await ActionBody.RefuseAnyAsync(context.Request) is { } refused) return refused;
        return await changes.ApplyAsync(id, context, caller, "resumed", static (experiment, _) => experiment.Status == ExperimentStatus.Paused
            ? experiment with { Status = ExperimentStatus.Running }
            : ExperimentProblems.IllegalTransition(experiment, "resume", "paused"));
    }
}
