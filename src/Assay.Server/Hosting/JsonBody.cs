using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Hosting;

/// <summary>A small JSON document from a request, read without binding it, so that a rule of ours can name every field that is wrong.</summary>
internal static class JsonBody
{
    private const int LargestBytes = 1024 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The body as an object; an empty body is <c>{}</c>.</summary>
    public static async Task<(JsonElement Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBytes) return (default, TooLarge());
        if (BodyFormat.RefuseEncoding(request) is { } encoded) return (default, encoded);
        using var bytes = new MemoryStream();
        try
        {
            await ReadUpToAsync(request.Body, bytes, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, TooLarge());
        }

        if (bytes.Length > LargestBytes) return (default, TooLarge());
        if (bytes.Length == 0) return (JsonElement.Parse("{}"u8), null);
        if (request.ContentType is { } type && !IsJson(request, type)) return (default, BodyFormat.NotRead($"The body is read as application/json in UTF-8, not as {type}."));
        return Parse(bytes);
    }

    /// <summary>The text of a string; null where it holds half a surrogate pair, which no text does.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsJson(HttpRequest request, string type) => request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(type, out var parsed) && BodyFormat.IsUtf8(parsed);

    private static (JsonElement Body, ProblemHttpResult? Problem) Parse(MemoryStream bytes)
    {
        try
        {
            bytes.Position = 0;
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), null)
                : (default, Malformed("The body must be a JSON object."));
        }
        catch (JsonException error)
        {
            return (default, Malformed($"The body is not JSON: {error.Message}"));
        }
        catch (InvalidOperationException)
        {
            // How System.Text.Json says, while it looks for names that are given twice, that a name holds half a surrogate pair.
            return (default, Malformed("The body is not JSON: the name of a field is not valid Unicode."));
        }
    }

    private static async Task ReadUpToAsync(Stream from, MemoryStream to, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while (to.Length <= LargestBytes && (read = await from.ReadAsync(buffer, cancellation)) > 0) to.Write(buffer, 0, read);
    }

    private static ProblemHttpResult Malformed(string detail) =>
        Problems.Of(StatusCodes.Status400BadRequest, "invalid_json", "Not JSON", detail, new ProblemError("", "invalid_json", detail));

    private static ProblemHttpResult TooLarge() =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", "Body too large", $"The body may have at most {LargestBytes} bytes.");
}
