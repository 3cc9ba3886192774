using System.Text.Json;

namespace Assay.Server.Events;

/// <summary>Texts as identities: exact, and without what no store keeps apart (U+0000) or no encoding carries (half a surrogate pair).</summary>
internal static class JsonText
{
    /// <summary>The string or property name that the reader stands on, or null when it is no such text. The bytes are valid UTF-8.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return reader.GetString(); // JSON allows neither of the two unescaped.
        try
        {
            return Whole(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return null; // How System.Text.Json says that half a surrogate pair is there.
        }
    }

    /// <summary>The string value, or null when it is no such text.</summary>
    public static string? Read(JsonElement value)
    {
        try
        {
            return Whole(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The property's name, or null when it is no such text.</summary>
    public static string? ReadName(JsonProperty property)
    {
        try
        {
            return Whole(property.Name);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a text has more than so many Unicode scalars.</summary>
    public static bool IsLongerThan(string text, int scalars)
    {
        if (text.Length <= scalars) return false;
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            if (++count > scalars) return true;
        return false;
    }

    private static string? Whole(string text) => text.Contains('\0', StringComparison.Ordinal) ? null : text;
}
