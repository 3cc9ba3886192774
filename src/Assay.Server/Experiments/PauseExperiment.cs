using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>POST /experiments/{id}/pause</c>: no unit is assigned; exposures and events that still come are recorded.</summary>
internal static class PauseExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        if (await ActionBody.RefuseAnyAsync(context.Request) is { } refused) return refused;
        return await changes.ApplyAsync(id, context, caller, "paused", static (experiment, _) => experiment.Status == ExperimentStatus.Running
            ? experiment with { Status = ExperimentStatus.Paused }
            : ExperimentProblems.IllegalTransition(experiment, "pause", "running"));
    }
}
