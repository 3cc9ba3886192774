using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Assay.Server.Access;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Dashboard;

/// <summary>Styles, script and font, embedded in the executable so that they are there from any directory, and named by their content so that a browser may keep them for good.</summary>
internal static class Wwwroot
{
    private const string Prefix = "Assay.Server.Dashboard.wwwroot.";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>The address of an asset, which changes with its content.</summary>
    public static string Href(string name) => $"/assets/{All[name].Version}/{name}";

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{version}/{name}", [HttpMethods.Get, HttpMethods.Head], Send).OpenToAll().ExcludeFromDescription();

    private static IResult Send(string version, string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        // An old address may ask for a newer file for as long as a page of the old version is open: it gets it, and must not keep it.
        context.Response.Headers.CacheControl = string.Equals(version, asset.Version, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(resource => resource[Prefix.Length..], resource => Read(assembly, resource), StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new(content, TypeOf(resource), Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
    }

    private static string TypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".woff2" => "font/woff2",
        ".svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };

    private sealed record Asset(byte[] Content, string Type, string Version);
}
