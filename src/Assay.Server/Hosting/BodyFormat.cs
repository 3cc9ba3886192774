using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Hosting;

/// <summary>How a body may be written, whatever it holds: plain and in UTF-8.</summary>
internal static class BodyFormat
{
    /// <summary>The problem that refuses a compressed body; null for a plain one.</summary>
    public static ProblemHttpResult? RefuseEncoding(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)) return null;
        request.HttpContext.Response.Headers.AcceptEncoding = "identity";
        return Refuse("not_supported_yet", $"Bodies are read plain; Content-Encoding '{encoding}' is not supported yet.");
    }

    public static bool IsUtf8(MediaTypeHeaderValue type) => !type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    public static ProblemHttpResult NotRead(string detail) => Refuse("unsupported_media_type", detail);

    private static ProblemHttpResult Refuse(string code, string detail) =>
        Problems.Of(StatusCodes.Status415UnsupportedMediaType, code, "Unsupported media type", detail);
}
