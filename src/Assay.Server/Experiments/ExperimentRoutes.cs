using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Experiments;

/// <summary>The life of an experiment, a slice a route.</summary>
internal static class ExperimentRoutes
{
    private const string Json = "application/json";

    public static void AddExperiments(this IServiceCollection services) => services.AddSingleton<ExperimentChanges>();

    public static void MapExperiments(this IEndpointRouteBuilder api)
    {
        var experiments = api.MapGroup("/experiments").WithTags("Experiments");
        Route(experiments.MapPost("", CreateExperiment.Handle), "CreateExperiment", "Validate, price and keep a design as a draft", AccessScope.Write, 400, 409, 413, 415, 422)
            .Accepts<DesignDocument>(Json);
        Route(experiments.MapGet("", ListExperiments.Handle), "ListExperiments", "Experiments by key, a page at a time", AccessScope.Read, 400)
            .Produces(StatusCodes.Status304NotModified);
        Route(experiments.MapGet("/{id}", GetExperiment.Handle), "GetExperiment", "An experiment with its design and plan", AccessScope.Read, 404)
            .Produces(StatusCodes.Status304NotModified);
        Route(experiments.MapPut("/{id}", ReplaceExperiment.Handle), "ReplaceExperiment", "Replace the design of a draft; If-Match with its ETag is required", AccessScope.Write, 400, 404, 409, 412, 413, 415, 422, 428, 503)
            .Accepts<DesignDocument>(Json);
        Route(experiments.MapDelete("/{id}", DeleteExperiment.Handle), "DeleteExperiment", "Delete a draft", AccessScope.Write, 404, 409, 412);
        Action(experiments.MapPost("/{id}/start", StartExperiment.Handle), "StartExperiment", "Freeze the design and begin").Accepts<StartRequest>(isOptional: true, Json);
        Action(experiments.MapPost("/{id}/pause", PauseExperiment.Handle), "PauseExperiment", "Assign no unit for now");
        Action(experiments.MapPost("/{id}/resume", ResumeExperiment.Handle), "ResumeExperiment", "Assign units again");
        Action(experiments.MapPost("/{id}/stop", StopExperiment.Handle), "StopExperiment", "End the experiment and wait for the last windows");
        Action(experiments.MapPost("/{id}/archive", ArchiveExperiment.Handle), "ArchiveExperiment", "Put a stopped experiment away");
        Action(experiments.MapPost("/{id}/amend", AmendExperiment.Handle), "AmendExperiment", "Another plan: a new iteration with units that nobody has exposed").Accepts<AmendRequest>(Json);
        Route(experiments.MapGet("/{id}/iterations", ReadIterations.List), "ListIterations", "Iterations that amendments have ended, the newest first", AccessScope.Read, 404);
        Route(experiments.MapGet("/{id}/iterations/{number:int}", ReadIterations.Get), "GetIteration", "An ended iteration with its design, its last readout and the moments it was drawn from", AccessScope.Read, 404);
    }

    private static RouteHandlerBuilder Action(RouteHandlerBuilder route, string name, string summary) =>
        Route(route, name, summary, AccessScope.Write, 400, 404, 409, 412, 413, 415, 422, 503);

    private static RouteHandlerBuilder Route(RouteHandlerBuilder route, string name, string summary, AccessScope scope, params ReadOnlySpan<int> problems)
    {
        foreach (var status in problems) route.ProducesProblem(status);
        return route.WithName(name).WithSummary(summary).RequireScope(scope);
    }
}
