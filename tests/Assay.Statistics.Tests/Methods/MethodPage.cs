using System.Text.RegularExpressions;

namespace Assay.Statistics.Tests.Methods;

/// <summary>A page that shows compiled samples: one of docs/methods, or the README of the package.</summary>
internal sealed partial record MethodPage(string Name, string Text)
{
    /// <summary>Pages that are no family: the index, the table that simulation writes, and the policy that joins the families.</summary>
    private static readonly string[] Others = ["README", "calibration", "verdict"];

    public static string Folder { get; } = Path.Combine(GoldenFolder.Repository, "docs", "methods");

    public static IReadOnlyDictionary<string, MethodPage> Families { get; } = Directory.EnumerateFiles(Folder, "*.md")
        .Select(path => Read(Path.GetFileNameWithoutExtension(path), path))
        .Where(page => !Others.Contains(page.Name, StringComparer.Ordinal))
        .ToDictionary(page => page.Name, StringComparer.Ordinal);

    public static MethodPage Index { get; } = Read("README", Path.Combine(Folder, "README.md"));

    public static MethodPage PackageReadme { get; } = Read("readme", Path.Combine(GoldenFolder.Repository, "src", "Assay.Statistics", "README.md"));

    public IReadOnlyList<string> Headings => [.. Heading().Matches(Text).Select(match => match.Groups["text"].Value)];

    /// <summary>Samples with what they print: a block of C# and the block of text right behind it.</summary>
    public IReadOnlyList<(string Code, string Output)> Samples => [.. Sample().Matches(Text).Select(match => (match.Groups["code"].Value, match.Groups["output"].Value))];

    /// <summary>All blocks of C#, with output or not.</summary>
    public int CodeBlocks => CodeFence().Count(Text);

    /// <summary>Members named in the prose as <c>`Type.Member`</c>.</summary>
    public IEnumerable<(string Type, string Member)> Members => Member().Matches(Text).Select(match => (match.Groups["type"].Value, match.Groups["member"].Value));

    /// <summary>Targets of relative links, without their anchors.</summary>
    public IEnumerable<string> Links => Link().Matches(Text).Select(match => match.Groups["path"].Value);

    private static MethodPage Read(string name, string path) => new(name, File.ReadAllText(path));

    [GeneratedRegex(@"^## (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)```\n+```text\n(?<output>.*?)```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline, 1000)]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"`(?<type>[A-Z]\w*)\.(?<member>[A-Z]\w*)[`(]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Member();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
