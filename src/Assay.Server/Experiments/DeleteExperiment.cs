using Assay.Server.Access;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>DELETE /experiments/{id}</c>: a draft that will never run. The audit keeps that it was there.</summary>
internal static class DeleteExperiment
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        var refused = await changes.RemoveAsync(
            id, context, caller, draft => draft.Status == ExperimentStatus.Draft ? null : ExperimentProblems.NotDraft(draft));
        return refused is null ? TypedResults.NoContent() : refused;
    }
}
