using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Storage;

namespace Assay.Server.Units;

/// <summary>What is done to people and not to experiments: who does not count.</summary>
internal static class UnitRoutes
{
    public static void MapUnits(this IEndpointRouteBuilder api)
    {
        Route(api.MapPost("/exclusions", ExcludeUnits.Handle), "ExcludeUnits", "Exclude units from one experiment or from all, now and for later rows", 400, 413, 415, 503)
            .WithDescription("JSON, or NDJSON with one item a line; plain or Content-Encoding: gzip. At most 10,000 items and 8 MiB, expanded 64 MiB. "
                + "Rows of an excluded unit are stored as before; it is in no statistic, and population.excluded_users counts it where it would be in an arm.")
            .Accepts<ExclusionRequest>("application/json", RequestBody.NdJson);
        Route(api.MapGet("/exclusions", ListExclusions.Handle), "ListExclusions", "Exclusions in force, a page at a time", 400);
        Route(api.MapDelete("/exclusions", LiftExclusion.Handle), "LiftExclusion", "Lift an exclusion: the unit counts again as if it had never been excluded", 400, 404, 503);
    }

    private static RouteHandlerBuilder Route(RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> problems)
    {
        foreach (var status in problems) route.ProducesProblem(status);
        return route.WithName(name).WithTags("Units").WithSummary(summary).RequireScope(AccessScope.Admin);
    }
}
