using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Hosting;

/// <summary>The small bodies of actions.</summary>
internal static class ActionBody
{
    /// <summary>The problem of an action that takes no field and was sent one, or a body that is no JSON; null when there is nothing to refuse.</summary>
    public static async Task<ProblemHttpResult?> RefuseAnyAsync(HttpRequest request)
    {
        var (body, malformed) = await JsonBody.ReadAsync(request);
        if (malformed is not null) return malformed;
        var errors = RefuseUnknown(body);
        return errors.Count == 0 ? null : Problems.InvalidBody(errors);
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
