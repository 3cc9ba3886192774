using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Server.Access;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.Hosting;

/// <summary>The API described: for programs at <c>/openapi/v1.json</c>, for people at <c>/docs</c>, both from the code.</summary>
internal static class ApiDocuments
{
    private const string Name = "v1";

    public static void AddApiDocuments(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DescribeApi);
        options.AddOperationTransformer(DescribeScope);
        options.AddSchemaTransformer(DescribeTime);
    });

    public static void MapApiDocuments(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").OpenToAll();
        app.MapGet("/docs", static async (IServiceProvider services, CancellationToken cancellation) =>
            Page(ApiPage.Write(ApiReference.Read(await WriteAsync(services, cancellation))))).OpenToAll().ExcludeFromDescription();
        app.MapGet("/docs/problems", static () => Page(ApiPage.WriteProblems())).OpenToAll().ExcludeFromDescription();
    }

    /// <summary>The OpenAPI document as it is served.</summary>
    public static async Task<JsonNode> WriteAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancellation);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return JsonNode.Parse(text.ToString())!;
    }

    private static ContentHttpResult Page(string html) => TypedResults.Content(html, "text/html; charset=utf-8");

    private static async Task DescribeApi(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Assay",
            Version = Name,
            Description = "Online experiments, planned, run and analysed live. JSON in snake_case; every error is a problem document (RFC 9457). Keys travel as Authorization: Bearer.",
        };

        // Where it is served is not part of what it is: the committed document is the same on every machine.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of assay keys create; none is needed on loopback while no key exists." },
        };
        await DescribeProblemAsync(document, context, cancellation);
    }

    private static Task DescribeScope(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var requirement = context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeRequirement>().LastOrDefault();
        if (requirement is null or { IsOpen: true }) return Task.CompletedTask;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", context.Document)] = [.. requirement.AnyOf.Select(Wire.Name)] }];
        operation.Responses ??= [];
        operation.Responses["401"] = new OpenApiResponse { Description = "A key is needed, or the one sent is unknown" };
        operation.Responses["403"] = new OpenApiResponse { Description = "The key's scope does not allow this" };
        return Task.CompletedTask;
    }

    /// <summary>A time is a string; a type with a converter of its own is described as anything.</summary>
    private static Task DescribeTime(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (type != typeof(DateTimeOffset) && type != typeof(DateTimeOffset?)) return Task.CompletedTask;
        schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Format = "date-time";
        return Task.CompletedTask;
    }

    /// <summary>What ours has beyond RFC 9457, on the framework's own type.</summary>
    private static async Task DescribeProblemAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        if (document.Components?.Schemas is not { } schemas || !schemas.TryGetValue(nameof(ProblemDetails), out var problem) || problem.Properties is not { } properties) return;
        document.AddComponent(nameof(ProblemError), await context.GetOrCreateSchemaAsync(typeof(ProblemError), null, cancellation));
        properties.Remove("instance");
        properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, snake_case; listed at /docs/problems." };
        properties["trace_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Finds the request in the server's log." };
        properties["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(nameof(ProblemError), document) };
    }
}
