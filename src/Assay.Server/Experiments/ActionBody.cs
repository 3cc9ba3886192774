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
            var pointer = Pointers.To(field);
            if (pointer.Length == 0 || !known.Contains(pointer[1..])) errors.Add(new ProblemError(pointer, "unknown_field", "There is no such field."));
        }

        return errors;
    }
}
