namespace Assay.Server.Evaluation;

/// <summary>Who gets what.</summary>
internal static class EvaluationRoutes
{
    public static void MapEvaluation(this RouteGroupBuilder api)
    {
    }
}
