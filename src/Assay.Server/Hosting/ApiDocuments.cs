using Assay.Server.Access;

namespace Assay.Server.Hosting;

/// <summary>The API described for programs.</summary>
internal static class ApiDocuments
{
    public static void AddApiDocuments(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApiDocuments(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").OpenToAll();
}
