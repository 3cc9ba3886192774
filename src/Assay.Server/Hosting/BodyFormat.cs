using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Hosting;

/// <summary>How a body may be written, whatever it holds: in UTF-8, plain, and where many items come at once also gzip.</summary>
internal static class BodyFormat
{
    private const string Plain = "identity";
    private const string Gzip = "gzip";

    /// <summary>The problem that refuses a compressed body; null for a plain one.</summary>
    public static ProblemHttpResult? RefuseEncoding(HttpRequest request) => IsWritten(request, Plain) ? null : RefuseEncoding(request, Plain);

    /// <summary>Whether the body is gzip, or the problem that refuses any other encoding.</summary>
    public static (bool IsGzip, ProblemHttpResult? Refused) ReadEncoding(HttpRequest request)
    {
        if (IsWritten(request, Plain)) return (false, null);
        return IsWritten(request, Gzip) ? (true, null) : (false, RefuseEncoding(request, $"{Gzip}, {Plain}"));
    }

    public static bool IsUtf8(MediaTypeHeaderValue type) => !type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    public static ProblemHttpResult NotRead(string detail) =>
        Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Unsupported media type", detail);

    private static bool IsWritten(HttpRequest request, string encoding)
    {
        var written = request.Headers.ContentEncoding.ToString();
        return string.Equals(written.Length == 0 ? Plain : written, encoding, StringComparison.OrdinalIgnoreCase);
    }

    private static ProblemHttpResult RefuseEncoding(HttpRequest request, string accepted)
    {
        request.HttpContext.Response.Headers.AcceptEncoding = accepted;
        return Problems.Of(
            StatusCodes.Status415UnsupportedMediaType,
            "unsupported_encoding",
            "Unsupported encoding",
            $"Content-Encoding '{request.Headers.ContentEncoding}' is not read here; send one of: {accepted}.");
    }
}
