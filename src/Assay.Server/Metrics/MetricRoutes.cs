using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Metrics;

/// <summary>What is measured here.</summary>
internal static class MetricRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder api) =>
        api.MapGet("/metrics", ListMetrics.Handle)
            .WithName("ListMetrics").WithTags("Metrics").WithSummary("Metrics of all experiments by name: what they count, where they are used, and whether experiments agree on them")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .RequireScope(AccessScope.Read);
}
