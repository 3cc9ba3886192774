using Assay.Analysis.Readouts;
using Assay.Server.Access;
using Assay.Server.Results.Past;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>What can be said goes out here.</summary>
internal static class ResultRoutes
{
    private const string AsOf =
        "'as_of' names a commit, by the watermark of a readout or receipt, and 'at' a time since it, that commit's unless given: the answer is computed again from the rows that the commit left, by the design, status, links, exclusions and records of then. "
        + "What was erased since is missing.";

    public static void AddResults(this IServiceCollection services)
    {
        services.AddSingleton<LiveReadouts>();
        services.AddSingleton<LiveTimelines>();
        services.AddSingleton<Broadcasts>();
        services.AddSingleton<VerificationTurn>();
        services.AddSingleton<PastReadouts>();
        services.AddHostedService<ReadoutRecorder>();
    }

    public static void MapResults(this IEndpointRouteBuilder api)
    {
        var results = api.MapGroup("/experiments/{id}").WithTags("Results");
        results.MapGet("/live-stats", GetLiveStats.Handle)
            .WithName("GetLiveStats").WithSummary("The readout now, or as of a commit that was")
            .WithDescription(AsOf)
            .Produces<Readout>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(AccessScope.Read);
        results.MapGet("/live-stats/stream", StreamLiveStats.Handle)
            .WithName("StreamLiveStats").WithSummary("The readout now and whenever it changes, as server-sent events")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
        results.MapGet("/timeline", GetTimeline.Handle)
            .WithName("GetTimeline").WithSummary("The course of a metric: its completed units as of each UTC day, and now")
            .WithDescription("A point for each UTC day at which units completed, for each hour of the days that are not two days over, and at last for now, which equals live-stats; at most 400, days thinned evenly beyond. An experiment of which no unit has completed has none. Units that arrive late count in the day in which they completed.")
            .Produces<TimelineReadout>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
        results.MapGet("/exposure-days", GetExposureDays.Handle)
            .WithName("GetExposureDays").WithSummary("Exposed units by arm and day, and the sample ratio over time")
            .WithDescription("A day for each on which units were first exposed, with the units of the day, those until its end, and the current p-value of the sequential test of the sample ratio then. A day ends when the longest window and an hour after it would end at midnight UTC, and is named by its end; no event is scanned.")
            .Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
        results.MapGet("/moments", GetMoments.Handle)
            .WithName("GetMoments").WithSummary("Count, mean and squared deviations by metric, arm and population, now or as of a commit that was")
            .WithDescription(AsOf)
            .Produces<ExperimentMoments>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(AccessScope.Read);
        results.MapGet("/verdicts", ReadVerdicts.List)
            .WithName("ListVerdicts").WithSummary("How the verdict has changed, the newest first")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
        results.MapGet("/verdicts/{number:int}", ReadVerdicts.Get)
            .WithName("GetVerdict").WithSummary("One recorded verdict with the moments that it was drawn from")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
        results.MapPost("/records/verify", VerifyRecords.Handle)
            .WithName("VerifyRecords").WithSummary("Derive again, from raw events, every look, crossing, verdict and decision that was recorded, and compare")
            .WithDescription("Each as of its commit and time, with what was recorded before it. Reads every raw row of the experiment once for each moment.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(AccessScope.Read);
        results.MapPost("/verify", VerifyExperiment.Handle)
            .WithName("VerifyExperiment").WithSummary("Recompute from raw events and compare with what is served")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(AccessScope.Read);
    }
}
