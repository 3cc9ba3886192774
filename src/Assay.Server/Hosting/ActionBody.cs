using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Hosting;

/// <summary>The small bodies of actions.</summary>
internal static class ActionBody
{
    private const int LongestReason = 2_000;

    /// <summary>The problem of an action that takes no field and was sent one, or a body that is no JSON; null when there is nothing to refuse.</summary>
    public static async Task<ProblemHttpResult?> RefuseAnyAsync(HttpRequest request)
    {
        var (body, malformed) = await JsonBody.ReadAsync(request);
        if (malformed is not null) return malformed;
        var errors = RefuseUnknown(body);
        return errors.Count == 0 ? null : Problems.InvalidBody(errors);
    }

    /// <summary>Why somebody does something; null where the body does not say, or says it wrongly, which is then among the errors.</summary>
    public static string? ReadReason(JsonElement body, List<ProblemError> errors)
    {
        if (!body.TryGetProperty("reason", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        var text = value.ValueKind == JsonValueKind.String ? JsonBody.Text(value)?.Trim() : null;
        if (text is null || text.Length > LongestReason || text.Contains('\0', StringComparison.Ordinal))
            errors.Add(new ProblemError("/reason", "invalid_value", $"A reason is a text of at most {LongestReason} characters."));
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>An error for every field but the known ones.</summary>
    public static List<ProblemError> RefuseUnknown(JsonElement body, params ReadOnlySpan<string> known)
    {
        var errors = new List<ProblemError>();
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name)) errors.Add(new ProblemError(Pointers.To(field), "unknown_field", "There is no such field."));
        }

        return errors;
    }
}
