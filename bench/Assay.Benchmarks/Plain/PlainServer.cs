using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Benchmarks.Plain;

/// <summary>The smallest server that takes the bodies of <c>/events</c>, and stores them the plain way or nowhere.</summary>
internal static class PlainServer
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="address">Where it listens.</param>
    /// <param name="storage">An empty database; null to read bodies and store nothing, which no server on this machine is faster than.</param>
    public static async Task RunAsync(string address, string? storage)
    {
        using var store = storage is null ? null : new PlainStore(storage);
        if (store is not null) await store.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        app.MapGet("/healthz", static () => "ok");
        app.MapGet("/readyz", static () => "ready");
        app.MapPost("/api/v1/events", async (HttpContext context) =>
        {
            var batch = await JsonSerializer.DeserializeAsync<PlainBatch>(context.Request.Body, Json, context.RequestAborted);
            var recorded = store is null ? 0 : await store.InsertAsync(batch!.Events);
            return TypedResults.Text($"{{\"received\":{batch!.Events.Count},\"recorded\":{recorded}}}", "application/json");
        });
        await app.RunAsync();
    }
}
