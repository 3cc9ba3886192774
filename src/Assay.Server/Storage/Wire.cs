using System.Text.Json;

namespace Assay.Server.Storage;

/// <summary>Names of enum members as JSON and SQL write them.</summary>
internal static class Wire
{
    public static string Name<T>(T value)
        where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary>The member of that name, or null.</summary>
    public static T? TryParse<T>(string name)
        where T : struct, Enum => Names<T>.ByName.TryGetValue(name, out var value) ? value : null;

    public static T Parse<T>(string name)
        where T : struct, Enum => TryParse<T>(name) ?? throw new FormatException($"'{name}' is no {typeof(T).Name}.");

    /// <summary>Every name, in order.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Name);

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByName = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
