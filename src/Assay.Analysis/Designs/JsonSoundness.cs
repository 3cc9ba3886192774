using System.Text.Json;

namespace Assay.Analysis.Designs;

/// <summary>JSON that parses and still cannot be read: lone surrogates, bytes that are not UTF-8, numbers beyond every double.</summary>
internal static class JsonSoundness
{
    /// <summary>The text of a string, or null when it is no Unicode.</summary>
    public static string? Text(JsonElement element) => Decode(static value => value.GetString(), element);

    /// <summary>The name of a property, or null when it is no Unicode.</summary>
    public static string? Name(JsonProperty property) => Decode(static value => value.Name, property);

    /// <summary>Whether every text decodes, every number is finite and no object repeats a name, at any depth: then any client can read it.</summary>
    public static bool Holds(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Text(element) is not null;
            case JsonValueKind.Number:
                return element.TryGetDouble(out var number) && double.IsFinite(number);
            case JsonValueKind.Array:
                return element.EnumerateArray().All(Holds);
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                return element.EnumerateObject().All(property => Name(property) is { } name && names.Add(name) && Holds(property.Value));
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
