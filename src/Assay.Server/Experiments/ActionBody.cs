using System.Text.Json;
using Assay.Server.Hosting;

namespace Assay.Server.Experiments;

/// <summary>The small bodies of the actions.</summary>
internal static class ActionBody
{
    /// <summary>An error for every field but the known ones.</summary>
    public static List<ProblemError> RefuseUnknown(JsonElement body, params ReadOnlySpan<string> known)
    {
        var errors = new List<ProblemError>();
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                errors.Add(new ProblemError($"/{field.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", "unknown_field", "There is no such field."));
        }

        return errors;
    }
}
