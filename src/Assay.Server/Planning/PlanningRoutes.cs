using Assay.Server.Access;
using Assay.Server.Experiments;
using Assay.Server.Storage;

namespace Assay.Server.Planning;

/// <summary>What a design costs, before anybody keeps it.</summary>
internal static class PlanningRoutes
{
    public static void MapPlanning(this IEndpointRouteBuilder api)
    {
        var plan = api.MapPost("/plan", PlanDesign.Handle).WithName("PlanDesign").WithSummary("Price a design, and what each week of traffic would find; stores nothing");
        var simulate = api.MapPost("/plan/simulate", SimulatePlan.Handle).WithName("SimulatePlan").WithSummary("Simulate how a design's policy would act at a grid of true effects; stores nothing");
        foreach (var route in (ReadOnlySpan<RouteHandlerBuilder>)[plan, simulate])
        {
            foreach (var status in (ReadOnlySpan<int>)[400, 413, 415, 422]) route.ProducesProblem(status);

            // It changes nothing: whoever may read results may ask what more of them would cost.
            route.WithTags("Planning").Accepts<DesignDocument>("application/json").RequireScope(AccessScope.Read);
        }
    }
}
