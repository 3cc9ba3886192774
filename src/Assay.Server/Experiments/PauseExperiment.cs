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
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        var errors = ActionBody.RefuseUnknown(body);
        if (errors.Count > 0) return ExperimentProblems.InvalidBody(errors);
        return await changes.ApplyAsync(id, context, caller, "paused", static (experiment, _) => experiment.Status == ExperimentStatus.Running
            ? experiment with { Status = ExperimentStatus.Paused }
            : ExperimentProblems.IllegalTransition(experiment, "pause", "running"));
    }
}
