using System.Net.Http.Headers;
using System.Text.Json;

namespace Assay.Sdk.Delivery;

/// <summary>Reads what the server says when it refuses.</summary>
internal static class Problems
{
    private sealed record Body(
        string? Type = null, string? Title = null, string? Detail = null, string? TraceId = null, IReadOnlyList<ProblemError>? Errors = null);

    public static AssayProblemException Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var problem = Parse(response.Content.Headers.ContentType, body);
        return new AssayProblemException(
            (int)response.StatusCode,
            problem.Type ?? "about:blank",
            problem.Title ?? response.ReasonPhrase ?? "Refused",
            problem.Detail,
            problem.TraceId,
            problem.Errors ?? []);
    }

    /// <summary>An answer of success that is not what was asked for: a proxy's page, or a server of another protocol.</summary>
    public static AssayProblemException Unreadable(int status, string detail) =>
        new(status, "about:blank", "The answer was not understood", detail, traceId: null, errors: []);

    private static Body Parse(MediaTypeHeaderValue? type, ReadOnlySpan<byte> body)
    {
        if (type?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != true) return new Body();
        try
        {
            return JsonSerializer.Deserialize<Body>(body, Wire.Json) ?? new Body();
        }
        catch (JsonException)
        {
            return new Body();
        }
    }
}
