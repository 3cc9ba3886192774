using System.Text.Json;
using Assay.Server.Hosting;

namespace Assay.Server.Evaluation;

/// <summary>Reads the body of <c>assign</c>; every error at once.</summary>
internal static class AssignBody
{
    private const int LongestUserId = 200;

    public static string Read(JsonElement body, List<ProblemError> errors)
    {
        var userId = "";
        var seen = false;
        foreach (var field in body.EnumerateObject())
        {
            if (field.NameEquals("user_id"))
            {
                seen = true;
                userId = ReadUserId(field.Value, errors);
            }
            else if (field.NameEquals("attributes"))
            {
                if (field.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
                    errors.Add(new ProblemError("/attributes", "invalid_value", "Attributes are a JSON object."));
            }
            else
            {
                errors.Add(new ProblemError(Pointers.To(field), "unknown_field", "There is no such field."));
            }
        }

        if (!seen) errors.Add(new ProblemError("/user_id", "missing_user_id", "A user_id is required."));
        return userId;
    }

    private static string ReadUserId(JsonElement value, List<ProblemError> errors)
    {
        if (value.ValueKind == JsonValueKind.Null) return Refuse(errors, "missing_user_id", "A user_id is required.");
        if (value.ValueKind != JsonValueKind.String || JsonBody.Text(value) is not { } text || text.Contains('\0', StringComparison.Ordinal))
            return Refuse(errors, "invalid_value", "A user_id is a string of Unicode characters without U+0000.");
        if (string.IsNullOrWhiteSpace(text)) return Refuse(errors, "missing_user_id", "A user_id is not blank.");
        return text.EnumerateRunes().Count() > LongestUserId ? Refuse(errors, "too_long", $"A user_id has at most {LongestUserId} characters.") : text;
    }

    private static string Refuse(List<ProblemError> errors, string code, string detail)
    {
        errors.Add(new ProblemError("/user_id", code, detail));
        return "";
    }
}

/// <summary>The body of <c>assign</c>.</summary>
/// <param name="UserId">The unit, exact and case-sensitive, 1 to 200 characters.</param>
/// <param name="Attributes">What is known of the unit; nothing depends on it yet.</param>
internal sealed record AssignRequest(string UserId, JsonElement? Attributes = null);
