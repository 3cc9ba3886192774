using Assay.Analysis.Readouts;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Results;

/// <summary>GET /experiments/{id}/timeline: the course of a metric.</summary>
internal static class GetTimeline
{
    /// <param name="metric">The metric whose course is asked for; the primary unless given.</param>
    public static async Task<IResult> Handle(string id, string? metric, HttpContext context, ExperimentDirectory experiments, LiveTimelines timelines)
    {
        if (await experiments.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        if (ReadoutQuery.FindMetric(experiment.Design, metric) is not { } known) return Problems.InvalidQuery(new ProblemError("metric", "unknown_metric", $"The experiment has no metric '{metric}'."));
        var (etag, read) = timelines.Find(experiment, known);
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return EntityTags.IsKnown(context.Request, EntityTagHeaderValue.Parse(etag))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(ReadoutJson.Write(read()), "application/json; charset=utf-8");
    }
}
