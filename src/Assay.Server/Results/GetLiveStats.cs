using System.Diagnostics;
using System.Globalization;
using Assay.Analysis.Readouts;
using Assay.Server.Hosting;
using Assay.Server.Results.Past;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Results;

/// <summary>GET /experiments/{id}/live-stats: the readout now, or as of a commit that was.</summary>
internal static class GetLiveStats
{
    /// <param name="asOf">The number of a commit, to read as of it; now unless given.</param>
    /// <param name="at">The time that maturity is judged at, RFC 3339; that commit's unless given.</param>
    public static async Task<IResult> Handle(
        string id, string? pairs, [FromQuery(Name = "as_of")] string? asOf, string? at, HttpContext context, ExperimentDirectory experiments, LiveReadouts readouts, PastReadouts past)
    {
        if (!ReadoutQuery.TryReadPairs(pairs, out var allPairs, out var problem)) return problem!;
        if (await experiments.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        if (await past.TryAnswerAsync(experiment, asOf, at, allPairs, context, (_, input) => TypedResults.Bytes(ReadoutJson.Write(ReadoutInputs.Draw(input)), "application/json; charset=utf-8")) is { } answer)
            return answer;
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
