using Assay.Analysis.Readouts;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Results;

/// <summary>GET /experiments/{id}/exposure-days: what the page of exposures draws.</summary>
internal static class GetExposureDays
{
    public static async Task<Results<Ok<ExposureCourse>, StatusCodeHttpResult, ProblemHttpResult>> Handle(string id, HttpContext context, ExperimentDirectory experiments, LiveReadouts readouts)
    {
        if (await experiments.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        var input = readouts.Of(id, allPairs: false).Draw(experiment).Input;
        var tag = EntityTagHeaderValue.Parse(AnswerTag.Of(experiment, input.Measured.TouchedBy, newest: null, ".days"));
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (EntityTags.IsKnown(context.Request, tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(ExposureCourse.Trace(input));
    }
}
