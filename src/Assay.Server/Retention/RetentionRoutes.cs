using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Retention;

/// <summary>How long rows are kept.</summary>
internal static class RetentionRoutes
{
    public static void AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<RowKeeping>();
        services.AddHostedService<RetentionTimer>();
    }

    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapPost("/retention", RetainRows.Handle)
            .WithName("RetainRows").WithTags("Retention").WithSummary("Remove rows of before a time that no open experiment needs")
            .WithDescription("Events before the horizon go, and the exposures and covariates of experiments that lie wholly before it; those are sealed: their results stay as they are for ever, verify and exports of units "
                + "are refused. The horizon is never moved into an experiment that is open or reaches beyond it: held_by says which one keeps it back. An experiment is open until seven days after closes_at. "
                + "Items of before the horizon are refused from then on (before_retention). Answered when the rows have been removed; commits go on meanwhile, and what is interrupted is gone on with.")
            .Accepts<RetentionRequest>("application/json")
            .ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422).ProducesProblem(503)
            .RequireScope(AccessScope.Admin);
}
