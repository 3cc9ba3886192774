using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>GET /experiments/{id}</c>.</summary>
internal static class GetExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, StatusCodeHttpResult, ProblemHttpResult>> Handle(string id, HttpContext context, ExperimentDirectory directory)
    {
        if (await directory.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        var tag = ExperimentResource.TagOf(experiment);
        context.Response.GetTypedHeaders().ETag = tag;
        return EntityTags.IsKnown(context.Request, tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(ExperimentResource.Of(experiment));
    }
}
