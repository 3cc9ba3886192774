using System.Text.Json;

namespace Assay.Analysis.Designs;

/// <summary>Names of enumeration members as the document writes them.</summary>
internal static class SnakeCase
{
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static T? TryParse<T>(string name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(Name(value), name, StringComparison.Ordinal)) return value;
        }

        return null;
    }
}
