namespace Assay.Server.Experiments;

/// <summary>The life of an experiment, one slice a route.</summary>
internal static class ExperimentRoutes
{
    public static void AddExperiments(this IServiceCollection services)
    {
    }

    public static void MapExperiments(this RouteGroupBuilder api)
    {
    }
}
