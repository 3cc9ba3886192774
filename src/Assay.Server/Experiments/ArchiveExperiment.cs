using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>POST /experiments/{id}/archive</c>: put away; it takes and gives nothing more, its results stay readable.</summary>
internal static class ArchiveExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        if (await ActionBody.RefuseAnyAsync(context.Request) is { } refused) return refused;
        return await changes.ApplyAsync(id, context, caller, "archived", static (experiment, _) => experiment.Status == ExperimentStatus.Stopped
            ? experiment with { Status = ExperimentStatus.Archived }
            : ExperimentProblems.IllegalTransition(experiment, "archive", "stopped"));
    }
}
