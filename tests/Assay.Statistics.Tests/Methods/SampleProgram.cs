using System.Text.RegularExpressions;

namespace Assay.Statistics.Tests.Methods;

/// <summary>samples/Assay.Samples: the bodies of its methods as written, and what they print when the program runs.</summary>
internal static partial class SampleProgram
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, IReadOnlyList<string>>>> Printed = new(RunAsync);

    /// <summary>Bodies by page.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Bodies { get; } = Directory
        .EnumerateFiles(Path.Combine(GoldenFolder.Repository, "samples", "Assay.Samples"), "*Case.cs")
        .ToDictionary(file => PageOf(Path.GetFileNameWithoutExtension(file)[..^"Case".Length]), BodiesIn, StringComparer.Ordinal);

    /// <summary>What each method prints, by page; the program runs once.</summary>
    public static Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OutputsAsync() => Printed.Value;

    private static string PageOf(string name) => string.Concat(name.Select((letter, i) => (i > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));

    private static IReadOnlyList<string> BodiesIn(string file) =>
        [.. Method().Matches(File.ReadAllText(file)).Select(match => Indent().Replace(match.Groups["body"].Value, ""))];

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> RunAsync()
    {
        var text = await Command.DotnetAsync(AppContext.BaseDirectory, "Assay.Samples.dll");
        return text.Split("== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('\n', 2))
            .GroupBy(part => part[0].Split(' ')[0], part => part[1], StringComparer.Ordinal)
            .ToDictionary(page => page.Key, page => (IReadOnlyList<string>)[.. page], StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^    public static void \w+\(\)\n    \{\n(?<body>.*?)^    \}$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Method();

    [GeneratedRegex("^        ", RegexOptions.Multiline, 1000)]
    private static partial Regex Indent();
}
