using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Storage;

namespace Assay.Server.Units;

/// <summary>What is done to people and not to experiments: who does not count, who is one person, and who is forgotten.</summary>
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
        Described(api.MapPost("/identities", LinkIdentities.Handle), "LinkIdentities", "Link anonymous ids to user ids: all ids of a person are measured as one unit", 400, 413, 415, 503)
            .WithDescription("JSON, or NDJSON with one item a line; plain or Content-Encoding: gzip. At most 10,000 items and 8 MiB, expanded 64 MiB. Links may come before or after the rows of either id, in any order, "
                + "and over several hops. A person's first exposure decides the arm; exposures to two arms make a crossover. Assignment hashes the id that it is given: go on with the first id after a login, or the arm may change.")
            .Accepts<IdentityRequest>("application/json", RequestBody.NdJson)
            .RequireScope(AccessScope.Ingest);
        Route(api.MapGet("/identities", ListIdentities.Handle), "ListIdentities", "Links in force, a page at a time", 400);
        Route(api.MapDelete("/identities", LiftIdentity.Handle), "LiftIdentity", "Lift a link: its sides are measured apart again, as if it had never been", 400, 404, 503);
        Route(api.MapDelete("/units/{user_id}", EraseUnit.Handle), "EraseUnit", "Erase all that is stored of a person, whichever of the ids is given, and what it contributes to statistics", 400, 404, 503)
            .WithDescription("Rows, exclusions, links and the user ids that are linked are removed in one commit; readouts recorded before stay as they were, and verify tells the number of units erased since. "
                + "What it contributed to an experiment whose rows retention has removed stays in its sums, and nothing tells whose it was: sealed_experiments says how many there are. "
                + "Counts of receipts stay. A later item of the same user id is of a new unit. Backups made before still have it.");
    }

    private static RouteHandlerBuilder Route(RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> problems) =>
        Described(route, name, summary, problems).RequireScope(AccessScope.Admin);

    private static RouteHandlerBuilder Described(RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> problems)
    {
        foreach (var status in problems) route.ProducesProblem(status);
        return route.WithName(name).WithTags("Units").WithSummary(summary);
    }
}
