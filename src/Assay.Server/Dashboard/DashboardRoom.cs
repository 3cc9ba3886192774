using Assay.Server.Access;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Amending;
using Assay.Server.Dashboard.Course;
using Assay.Server.Dashboard.Drafting;
using Assay.Server.Dashboard.Effects;
using Assay.Server.Dashboard.Exposing;
using Assay.Server.Dashboard.Numbers;
using Assay.Server.Dashboard.Past;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Dashboard.Posteriors;
using Assay.Server.Dashboard.Report;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>The pages. They read what the API reads, and their forms write by its handlers.</summary>
internal static class DashboardRoom
{
    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<Sheets>();

        // Ahead of the writer of problem documents, which takes everything.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemPages>());
    }

    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        app.MapAssets();
        app.MapGet("/", ShowList.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}", ShowExperiment.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/course", ShowCourse.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/course.svg", DrawCourse.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/effects", ShowEffects.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/numbers", ShowNumbers.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/audit", ShowAudit.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/exposures", ShowExposures.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/exposures.svg", DrawExposures.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/posterior", ShowPosteriors.Handle).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapGet("/experiments/{key}/posterior.svg", ShowPosteriors.Draw).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapPlanner();
        app.MapActs();
        app.MapDraft();
        app.MapAmend();
        app.MapGet("/signin", ShowSignIn.Handle).OpenToAll().ExcludeFromDescription();
        app.MapGroup("/api/v1/experiments/{id}").WithTags("Results").MapGet("/report", GetReport.Handle)
            .WithName("GetReport").WithSummary("What is known now as one file to keep, print or send")
            .WithDescription("format is html unless given: one file that opens offline and prints; markdown: the same as text; csv: a row a metric, treatment and method, numbers unrounded; json: an object of experiment (as GET /experiments/{id} answers it), readout (as live-stats answers it; null for a draft), decisions and generated_at.")
            .Produces<string>(StatusCodes.Status200OK, "text/html", "text/markdown", "text/csv").Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
    }
}
