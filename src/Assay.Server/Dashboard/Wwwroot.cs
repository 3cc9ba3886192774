using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Assay.Server.Access;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Dashboard;

/// <summary>Styles, script and font, embedded in the executable so that they are there from any directory, and named by their content so that a browser may keep them for good. All share one version, so that a style sheet names its font by a relative address.</summary>
internal static class Wwwroot
{
    private const string Prefix = "Assay.Server.Dashboard.wwwroot.";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    private static readonly string Version = Digest();

    /// <summary>The address of an asset, which changes with its content.</summary>
    public static string Href(string name) =>
        All.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new ArgumentException($"There is no asset '{name}'.", nameof(name));

    /// <summary>A style sheet's text, for a file that has to stand alone.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(All[name].Content);

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{version}/{name}", Send).OpenToAll().ExcludeFromDescription();

    private static IResult Send(string version, string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        // An old address may ask for a newer file for as long as a page of the old version is open: it gets it, and must not keep it.
        context.Response.Headers.CacheControl = string.Equals(version, Version, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{Version}\""));
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
        return new(content, TypeOf(resource));
    }

    private static string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, asset) in All.OrderBy(pair => pair.Key, StringComparer.Ordinal)) hash.AppendData(asset.Content);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static string TypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".woff2" => "font/woff2",
        ".svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };

    private sealed record Asset(byte[] Content, string Type);
}
