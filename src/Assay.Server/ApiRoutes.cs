using Assay.Server.Access;
using Assay.Server.Decisions;
using Assay.Server.Evaluation;
using Assay.Server.Events;
using Assay.Server.Experiments;
using Assay.Server.Metrics;
using Assay.Server.Planning;
using Assay.Server.Results;
using Assay.Server.Retention;
using Assay.Server.Units;

namespace Assay.Server;

/// <summary>What programs talk to, room by room.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapExperiments();
        api.MapPlanning();
        api.MapMetrics();
        api.MapEvaluation();
        api.MapEvents();
        api.MapResults();
        api.MapDecisions();
        api.MapUnits();
        api.MapRetention();
        api.MapAudit();
    }
}
