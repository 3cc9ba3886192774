using Assay.Server.Access;
using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>What happened comes in here.</summary>
internal static class EventRoutes
{
    private const string HowBodiesCome = "JSON, or NDJSON with one item a line; plain or Content-Encoding: gzip. At most 10,000 items and 8 MiB, expanded 64 MiB.";

    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<ExpansionBudget>();
        services.AddSingleton<Intake>();
        services.AddSingleton<EventNames>();
    }

    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        Taking<ExposureBatch>(api.MapPost("/experiments/{id}/exposures", RecordExposures.Handle), "RecordExposures", "Record that units met a variation");
        Taking<ConversionBatch>(api.MapPost("/experiments/{id}/conversions", RecordConversions.Handle), "RecordConversions", "Record events by a name the experiment knows");
        Taking<PrePeriodBatch>(api.MapPost("/experiments/{id}/pre-period", RecordPrePeriod.Handle), "RecordPrePeriod", "Record what was known of units before");
        Taking<EventBatch>(api.MapPost("/events", RecordEvents.Handle), "RecordEvents", "Record events of any name");
        api.MapGet("/experiments/{id}/ingestion", GetIngestion.Handle)
            .WithName("GetIngestion").WithTags("Events").WithSummary("Raw rows taken in, before any window")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireScope(AccessScope.Read);
    }

    private static void Taking<TBatch>(RouteHandlerBuilder route, string name, string summary)
        where TBatch : notnull =>
        route.WithName(name).WithTags("Events").WithSummary(summary).WithDescription(HowBodiesCome)
            .Accepts<TBatch>("application/json", RequestBody.NdJson)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(AccessScope.Ingest);
}
