using System.Text.Json;

namespace Assay.Server.Tests.Hosting;

/// <summary>A response, read.</summary>
public sealed record Answer(int Status, string? ContentType, JsonElement Body, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string ETag => Headers["ETag"];

    /// <summary>The answer is a complete problem document of this status and code.</summary>
    public Answer IsProblem(int status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(status, Body.GetProperty("status").GetInt32());
        foreach (var field in (string[])["type", "title", "detail", "trace_id"]) Assert.False(string.IsNullOrEmpty(Body.GetProperty(field).GetString()));
        Assert.Equal(JsonValueKind.Array, Body.GetProperty("errors").ValueKind);
        return this;
    }

    /// <summary>Pointers of the problem's errors.</summary>
    public IEnumerable<string> Pointers => Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!);

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var body = type?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonElement.Parse(text) : default;
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, type, body, text, headers);
    }
}
