using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Finds the words that a Razor component writes itself: what is left of its markup without tags, expressions, statements and code.</summary>
internal static partial class LiteralText
{
    public static string Of(string component)
    {
        var markup = Verbatim().Replace(Statement().Replace(Comment().Replace(Code().Replace(component, ""), ""), ""), " ");
        var text = new StringBuilder();
        for (var i = 0; i < markup.Length;)
        {
            if (markup[i] == '@') i = EndOfExpression(markup, i + 1);
            else if (markup[i] == '<' && i + 1 < markup.Length && (char.IsAsciiLetter(markup[i + 1]) || markup[i + 1] == '/')) i = EndOfTag(markup, i + 1);
            else text.Append(markup[i++]);
        }

        return string.Join(' ', Word().Matches(text.ToString()).Select(match => match.Value));
    }

    /// <summary>After a tag; its attributes may hold expressions with quotes and brackets of their own.</summary>
    private static int EndOfTag(string markup, int i)
    {
        for (var isQuoted = false; i < markup.Length; i++)
        {
            if (markup[i] == '@') i = EndOfExpression(markup, i + 1) - 1;
            else if (markup[i] == '"') isQuoted = !isQuoted;
            else if (markup[i] == '>' && !isQuoted) return i + 1;
        }

        return i;
    }

    /// <summary>After <c>@(…)</c>, or names and calls that hang together: <c>@a?.B(c)[0]!.D</c>. A statement that an expression begins, such as <c>@if (…)</c>, ends where its condition does.</summary>
    private static int EndOfExpression(string markup, int i)
    {
        if (i < markup.Length && markup[i] == '(') return EndOfBrackets(markup, i);
        var start = i;
        while (i < markup.Length)
        {
            if (char.IsLetterOrDigit(markup[i]) || markup[i] == '_') i++;
            else if (markup[i] is '(' or '[') i = EndOfBrackets(markup, i);
            else if (markup[i] is '.' or '!' or '?' && Continues(markup, i)) i++;
            else break;
        }

        return markup[start..i] is "if" or "foreach" or "for" or "switch" or "while" ? EndOfBrackets(markup, markup.IndexOf('(', i)) : i;
    }

    private static bool Continues(string markup, int i) => i + 1 < markup.Length && (char.IsLetter(markup[i + 1]) || markup[i + 1] is '.' or '[' or '!' && markup[i] is '?' or '!');

    private static int EndOfBrackets(string markup, int i)
    {
        var (depth, isQuoted) = (0, false);
        for (; i < markup.Length; i++)
        {
            if (markup[i] == '"' && markup[i - 1] != '\\') isQuoted = !isQuoted;
            else if (!isQuoted && markup[i] is '(' or '[') depth++;
            else if (!isQuoted && markup[i] is ')' or ']' && --depth == 0) return i + 1;
        }

        return i;
    }

    [GeneratedRegex(@"@code\s*\{.*\z", RegexOptions.Singleline, 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline, 5000)]
    private static partial Regex Comment();

    /// <summary>Lines of C#: usings, declarations, and the other branch of a condition.</summary>
    [GeneratedRegex(@"^\s*(@using .*|(var|double\[\]) .*;|(else )?if \(.*\)( \{ continue; \})?|else)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Statement();

    /// <summary>What is to be typed as it stands.</summary>
    [GeneratedRegex(@"<code>[^<]*</code>", RegexOptions.None, 5000)]
    private static partial Regex Verbatim();

    [GeneratedRegex(@"\p{L}+", RegexOptions.None, 5000)]
    private static partial Regex Word();
}
