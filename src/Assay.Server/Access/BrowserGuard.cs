using System.Net;
using Assay.Server.Hosting;

namespace Assay.Server.Access;

/// <summary>
/// Keeps other people's web pages out. On loopback only local host names are answered (a page that rebinds its own name to 127.0.0.1 still sends that name),
/// and a browser's write from another origin is refused everywhere.
/// </summary>
internal static class BrowserGuard
{
    public static IResult? Refuse(HttpRequest request, AssayOptions options)
    {
        if (options.IsLoopback && !IsLocal(request.Host.Host))
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "unknown_host", "Unknown host", "This server listens on loopback and answers to localhost, 127.0.0.1 and [::1] only.");
        }

        return IsWrite(request.Method) && IsForeign(request)
            ? Problems.Of(StatusCodes.Status403Forbidden, "cross_origin", "Cross-origin write", "A page of another origin may not write here.")
            : null;
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsWrite(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    private static bool IsForeign(HttpRequest request)
    {
        // Sec-Fetch-Site is the browser's own word and survives a proxy that rewrites Host; Origin is what older browsers send.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
