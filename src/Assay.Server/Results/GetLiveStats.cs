using System.Diagnostics;
using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Results;

/// <summary>GET /experiments/{id}/live-stats: the readout now.</summary>
internal static class GetLiveStats
{
    public static async Task<IResult> Handle(string id, string? pairs, HttpContext context, ExperimentDirectory experiments, LiveReadouts readouts)
    {
        if (!ReadoutQuery.TryReadPairs(pairs, out var allPairs, out var problem)) return problem!;
        if (await experiments.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        var began = Stopwatch.GetTimestamp();
        var served = readouts.Read(experiment, allPairs);
        context.Response.Headers.ETag = served.ETag;
        context.Response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"readout;dur={Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.###}");
        context.Response.Headers.CacheControl = "private, no-cache";
        return EntityTags.IsKnown(context.Request, EntityTagHeaderValue.Parse(served.ETag))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(served.Json, "application/json; charset=utf-8");
    }
}
