using Assay.Server.Access;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Hosting;

/// <summary><c>/healthz</c>: the process serves. <c>/readyz</c>: storage is migrated and takes writes. Until it is migrated, everything that needs it answers 503.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", static () => TypedResults.Text("ok\n")).OpenToAll().ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).OpenToAll().ExcludeFromDescription();
    }

    public static void UseReadiness(this IApplicationBuilder app) => app.Use(static (context, next) =>
        context.GetEndpoint() is { } endpoint
            && (endpoint.Metadata.GetMetadata<ScopeRequirement>() is { IsOpen: false } || endpoint.Metadata.GetMetadata<StorageNeed>() is not null)
            && context.RequestServices.GetRequiredService<StorageState>() is { IsReady: false } state
            ? NotReady(context, state.Failure)
            : next(context));

    /// <summary>An endpoint that is open to all and still answers 503 until storage is ready; one that asks for a key does so anyway.</summary>
    public static TBuilder NeedsStorage<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new StorageNeed());

    private static async Task<IResult> ReadyAsync(StorageState state, CancellationToken cancellation)
    {
        if (!state.IsReady) return Starting(state.Failure);
        return await state.ProbeAsync(cancellation) is { } failure
            ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "storage_not_writable", "Storage is not writable", failure)
            : TypedResults.Text("ready\n");
    }

    private static Task NotReady(HttpContext context, string? failure)
    {
        context.Response.Headers.RetryAfter = "1";
        return Starting(failure).ExecuteAsync(context);
    }

    private static ProblemHttpResult Starting(string? failure) => failure is null
        ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "starting", "Starting", "Storage is being migrated; try again in a moment.")
        : Problems.Of(StatusCodes.Status503ServiceUnavailable, "storage_failed", "Storage failed", failure);

    private sealed class StorageNeed;
}
