using System.Text.Json;

namespace Assay.Conformance.Tests;

/// <summary>The test cases that the GrowthBook SDKs are held to, read from <c>shared/vectors</c> beside the repository.</summary>
internal static class Vectors
{
    private static readonly Lazy<JsonElement?> File = new(Read);

    /// <summary>Why nothing can be run here, or null.</summary>
    public static string? Absence => File.Value is null ? "growthbook-cases.json is not in shared/vectors beside the repository." : null;

    /// <summary>Names of all groups of the file.</summary>
    public static IEnumerable<string> Groups =>
        File.Value?.EnumerateObject().Where(static group => group.Value.ValueKind == JsonValueKind.Array).Select(static group => group.Name) ?? [];

    /// <summary>Number of vectors in a group.</summary>
    public static int Count(string group) => File.Value?.GetProperty(group).GetArrayLength() ?? 0;

    /// <summary>One vector.</summary>
    public static JsonElement Get(string group, int index) => File.Value!.Value.GetProperty(group)[index];

    /// <summary>One test for each vector of a group; one skipped test when the file is absent.</summary>
    public static TheoryData<int> Of(string group)
    {
        if (Absence is { } absence) return [new TheoryDataRow<int>(-1) { TestDisplayName = group, Skip = absence }];
        var rows = new TheoryData<int>();
        for (var i = 0; i < Count(group); i++) rows.Add(new TheoryDataRow<int>(i) { TestDisplayName = $"{group}[{i}]: {Name(Get(group, i))}" });
        return rows;
    }

    private static string Name(JsonElement vector) =>
        vector[0].ValueKind == JsonValueKind.String && vector[0].GetString()!.Contains(' ', StringComparison.Ordinal)
            ? vector[0].GetString()!
            : vector.GetRawText();

    private static JsonElement? Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !System.IO.File.Exists(Path.Combine(root.FullName, "Assay.slnx"))) root = root.Parent;
        var path = root is null ? null : Path.Combine(root.FullName, "..", "shared", "vectors", "growthbook-cases.json");
        if (!System.IO.File.Exists(path)) return null;
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
