using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Server.Dashboard.Report;

/// <summary>Markdown, piece by piece: whatever a name holds, it stays a name.</summary>
internal sealed partial class MarkdownText
{
    private readonly StringBuilder _text = new();

    public MarkdownText Heading(int level, string words)
    {
        _text.Append('#', level).Append(' ').Append(Escape(words)).Append("\n\n");
        return this;
    }

    public MarkdownText Paragraph(string words)
    {
        _text.Append(Line(words)).Append("\n\n");
        return this;
    }

    public MarkdownText List(IEnumerable<string> items)
    {
        foreach (var item in items) _text.Append("- ").Append(Line(item)).Append('\n');
        _text.Append('\n');
        return this;
    }

    /// <param name="head">The heads of the columns.</param>
    /// <param name="numbers">Whether a column holds numbers: those stand right.</param>
    /// <param name="rows">As many cells as heads.</param>
    public MarkdownText Table(IReadOnlyList<string> head, IReadOnlyList<bool> numbers, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(head);
        _text.Append('|').AppendJoin('|', numbers.Select(isNumber => isNumber ? " ---: " : " --- ")).Append("|\n");
        foreach (var row in rows) Row(row);
        _text.Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";

    /// <summary>Words without any of Markdown's or HTML's signs in force, on one line.</summary>
    public static string Escape(string words)
    {
        var escaped = new StringBuilder(words.Length);
        foreach (var letter in words)
        {
            switch (letter)
            {
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '&': escaped.Append("&amp;"); break;
                case '\r' or '\n' or '\t' or '\u2028' or '\u2029': escaped.Append(' '); break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$': escaped.Append('\\').Append(letter); break;
                default: escaped.Append(letter); break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>Words that begin a line, where a list, a heading or a rule would begin too.</summary>
    public static string Line(string words) => Beginning().Replace(Escape(words), @"${number}\${sign}");

    [GeneratedRegex(@"^\s*(?<number>\d*)(?<sign>[-+=#.)])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Beginning();

    private void Row(IReadOnlyList<string> cells) => _text.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");
}
