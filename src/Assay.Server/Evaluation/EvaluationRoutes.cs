using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Evaluation;

/// <summary>Who gets what.</summary>
internal static class EvaluationRoutes
{
    public static void MapEvaluation(this IEndpointRouteBuilder api)
    {
        var route = api.MapPost("/experiments/{id}/assign", AssignUnit.Handle);
        foreach (var status in (ReadOnlySpan<int>)[400, 404, 409, 413, 415, 422]) route.ProducesProblem(status);

        // An application that may record what a unit met may ask what it should meet.
        route.WithName("AssignUnit").WithTags("Run").WithSummary("Which variation a unit gets; records nothing")
            .WithDescription("The id that is given is hashed, whoever it is linked to: after a login go on with the id that came first, or the person may get another variation, which the readout counts among crossovers.")
            .Accepts<AssignRequest>("application/json")
            .RequireScope(AccessScope.Ingest, AccessScope.Read);
    }
}
