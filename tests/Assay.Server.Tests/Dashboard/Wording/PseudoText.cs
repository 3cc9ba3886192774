using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Finds on a page in the pseudo-locale the words that stand outside of brackets: they are in no resource, or are somebody's own names.</summary>
internal static partial class PseudoText
{
    private static readonly string[] Told = ["aria-label", "title", "alt", "placeholder", "data-live-text", "data-away-text"];

    /// <summary>A product, men whose methods bear their names, and the months along an axis, which the reader's country names.</summary>
    private static readonly string[] Names = ["Assay", "holm", "bonferroni", .. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames];

    /// <param name="page">The page.</param>
    /// <param name="own">Names and sentences that are the user's own.</param>
    public static IEnumerable<string> Outside(IHtmlDocument page, params IEnumerable<string> own)
    {
        // A sentence goes on from element to element, so that its brackets may stand in different ones.
        var text = new StringBuilder();
        foreach (var node in page.DocumentElement.Descendants().OfType<IText>().Where(node => !IsCode(node))) text.Append(node.Data).Append(' ');
        var texts = page.All.SelectMany(element => Told.Select(element.GetAttribute)).OfType<string>().Prepend(text.ToString());
        var names = own.Concat(Names).Where(name => name.Length > 0).OrderByDescending(name => name.Length).ToList();
        return texts.SelectMany(told => Word().Matches(names.Aggregate(OutsideOfBrackets(told), (rest, name) => Regex.Replace(rest, $@"(?<!\p{{L}}){Regex.Escape(name)}(?!\p{{L}})", " ", RegexOptions.None, TimeSpan.FromSeconds(5)))).Select(match => match.Value));
    }

    private static string OutsideOfBrackets(string text)
    {
        var outside = new StringBuilder();
        var depth = 0;
        foreach (var letter in text)
        {
            if (letter == '⟦') depth++;
            else if (letter == '⟧') Assert.True(--depth >= 0, $"A text ends that has not begun: {text}");
            else if (depth == 0) outside.Append(letter);
        }

        Assert.True(depth == 0, $"A text has no end: {text}");
        return outside.ToString();
    }

    /// <summary>What is to be read as it stands: code, formulas, and sentences that were recorded in English and say so.</summary>
    private static bool IsCode(IText node) => node.Ancestors().OfType<IElement>().Any(element => element.LocalName is "code" or "pre" or "script" or "style" || element.GetAttribute("translate") == "no" || (element.LocalName == "blockquote" && element.GetAttribute("lang") == "en"));

    /// <summary>What follows a digit is its exponent.</summary>
    [GeneratedRegex(@"(?<!\d)\p{L}+", RegexOptions.None, 5000)]
    private static partial Regex Word();
}
