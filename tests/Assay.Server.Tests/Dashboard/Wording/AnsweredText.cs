using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Finds the words that a class of words tells by itself: literals with letters that are no key of its texts, and letters of interpolated strings.</summary>
internal static partial class AnsweredText
{
    /// <summary>Styles of a page, which a class of words may choose: the same in every language.</summary>
    private static readonly string[] Styles = ["good", "bad", "ready", "calm"];

    /// <param name="source">The source of the class.</param>
    /// <param name="isKey">Whether a literal is a key of its texts, or what several begin with.</param>
    public static IEnumerable<string> Of(string source, Predicate<string> isKey) =>
        from Match literal in Literal().Matches(Command().Replace(Comment().Replace(source, ""), ""))
        let text = literal.Groups["text"].Value
        where literal.Groups["mark"].Value.Contains('$', StringComparison.Ordinal)
            ? Letter().IsMatch(Request().Replace(Hole().Replace(text, ""), ""))
            : Letter().IsMatch(text) && !isKey(text) && !Styles.Contains(text, StringComparer.Ordinal) && !Document().IsMatch(text) && (literal.Groups["answers"].Success ? !literal.Groups["asked"].Success : Sentence().IsMatch(text))
        select text;

    /// <summary>A literal, whether it is an answer (of a member, an arm, a condition, a constant), and whether it is what a switch asks for.</summary>
    [GeneratedRegex(@"(?<answers>(=>|\?|:|=|\+|return|or)\s*)?(?<![\\'])(?<mark>[$@]*)""(?<text>(\\.|[^""\\])*)""(?<asked>\s*(or\s|=>|when\s))?", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline, 5000)]
    private static partial Regex Comment();

    /// <summary>What is to be typed as it stands.</summary>
    [GeneratedRegex(@"\$*""""""\s*\n.*?""""""", RegexOptions.Singleline, 5000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, 5000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\A(docs|src)/[\w/-]+\.md\z", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Document();

    /// <summary>A request of the API, to be sent as it stands.</summary>
    [GeneratedRegex(@"\A(GET|POST|PUT|DELETE) /api/[\w/-]*\z", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Request();

    [GeneratedRegex(@"\p{L}\P{L}*\s\P{L}*\p{L}", RegexOptions.None, 5000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\p{L}", RegexOptions.None, 5000)]
    private static partial Regex Letter();
}
