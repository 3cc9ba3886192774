using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>The pages. They read what the API reads and write nothing.</summary>
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
        app.MapGet("/signin", ShowSignIn.Handle).OpenToAll().ExcludeFromDescription();
    }
}
