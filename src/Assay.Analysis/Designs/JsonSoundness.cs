using System.Text.Json;

namespace Assay.Analysis.Designs;

/// <summary>JSON that parses and still cannot be read: lone surrogates, bytes that are not UTF-8, numbers beyond every double, nesting that no answer could hold.</summary>
internal static class JsonSoundness
{
    /// <summary>Answers put a value some levels further in, and readers of JSON commonly stop at 64.</summary>
    private const int DeepestNesting = 32;

    /// <summary>The text of a string, or null when it is no Unicode.</summary>
    public static string? Text(JsonElement element) => Decode(static value => value.GetString(), element);

    /// <summary>The name of a property, or null when it is no Unicode.</summary>
    public static string? Name(JsonProperty property) => Decode(static value => value.Name, property);

    /// <summary>Whether every text decodes, every number is finite, no object repeats a name and nothing is nested too deep: then any client can read it.</summary>
    public static bool Holds(JsonElement element) => Holds(element, DeepestNesting);

    private static bool Holds(JsonElement element, int levels)
    {
        if (element.ValueKind is JsonValueKind.Array or JsonValueKind.Object && levels-- == 0) return false;
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Text(element) is not null;
            case JsonValueKind.Number:
                return element.TryGetDouble(out var number) && double.IsFinite(number);
            case JsonValueKind.Array:
                return element.EnumerateArray().All(member => Holds(member, levels));
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                return element.EnumerateObject().All(property => Name(property) is { } name && names.Add(name) && Holds(property.Value, levels));
            default:
                return true;
        }
    }

    private static string? Decode<T>(Func<T, string?> read, T from)
    {
        try
        {
            return read(from);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
