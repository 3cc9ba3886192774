using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Decisions;

/// <summary>What people decide, and what they decided.</summary>
internal static class DecisionRoutes
{
    public static void MapDecisions(this IEndpointRouteBuilder api)
    {
        var decisions = api.MapGroup("/experiments/{id}").WithTags("Decisions");
        Route(decisions.MapPost("/decide", DecideExperiment.Handle), "DecideExperiment", "Store what a person decided beside the verdict, with a reason where it differs", AccessScope.Write, 400, 404, 409, 412, 413, 415, 422, 503)
            .Accepts<DecisionRequest>("application/json");
        Route(decisions.MapGet("/decisions", ReadDecisions.List), "ListDecisions", "What was decided, the newest first", AccessScope.Read, 404);
        Route(decisions.MapGet("/decisions/{number:int}", ReadDecisions.Get), "GetDecision", "One decision with the moments that its verdict was drawn from", AccessScope.Read, 404);
    }

    private static RouteHandlerBuilder Route(RouteHandlerBuilder route, string name, string summary, AccessScope scope, params ReadOnlySpan<int> problems)
    {
        foreach (var status in problems) route.ProducesProblem(status);
        return route.WithName(name).WithSummary(summary).RequireScope(scope);
    }
}
