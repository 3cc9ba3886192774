using System.Reflection;

namespace Assay.Samples;

/// <summary>Every class named after a page and ending in <c>Case</c>; its public methods are that page's blocks, in order.</summary>
internal static class WorkedCases
{
    private const string Suffix = "Case";

    public static IReadOnlyList<(string Page, IReadOnlyList<Action> Cases)> ByPage { get; } =
    [
        .. typeof(WorkedCases).Assembly.GetTypes()
            .Where(type => type.IsAbstract && type.IsSealed && type.Name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(type => (Page: PageOf(type.Name[..^Suffix.Length]), CasesOf(type)))
            .OrderBy(entry => entry.Page, StringComparer.Ordinal),
    ];

    private static IReadOnlyList<Action> CasesOf(Type type) =>
    [
        .. type.GetMethods(BindingFlags.Public | BindingFlags.Static).OrderBy(method => method.MetadataToken).Select(method => method.CreateDelegate<Action>()),
    ];

    /// <summary>TwoProportions is the page two-proportions.</summary>
    private static string PageOf(string name) => string.Concat(name.Select((letter, i) => (i > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));
}
