using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Planning;

/// <summary>
/// A number as a person types it: with a point, as the form itself shows numbers, or with the decimal sign of the reader's country. In a field of percent a % may follow.
/// Where decimals stand after a comma, 10.000 and 1,000 may be thousands as well, and are none until they are written so that they cannot.
/// </summary>
internal static partial class TypedNumber
{
    /// <summary>Null where it is no finite number, or may be two.</summary>
    public static double? Parse(string text, bool isPercent)
    {
        if (isPercent && text.EndsWith('%')) text = text[..^1].TrimEnd();
        return MayBeTwo(text) ? null : Parse(text, CultureInfo.InvariantCulture) ?? Parse(text, Language.Numbers);
    }

    /// <summary>A number as the form shows it: with a point, and so that it is read again as what it is; empty for none.</summary>
    public static string Text(double? number)
    {
        var text = number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        return MayBeTwo(text) ? text + "0" : text;
    }

    /// <summary>What a text may mean that may be two numbers, with or without a %: thousands, and decimals; null of any other.</summary>
    public static (string Thousands, string Decimals)? Meanings(string text)
    {
        var typed = text.TrimEnd('%').TrimEnd();
        if (!MayBeTwo(typed)) return null;
        var point = typed.IndexOfAny(['.', ',']);
        return (typed.Remove(point, 1), Text(Parse(typed.Replace(',', '.'), CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether it would be a number if decimals were written after a point, and nothing between thousands.</summary>
    public static bool HasSigns(string text) =>
        Grouped().IsMatch(text) || (text.Contains(',', StringComparison.Ordinal) && Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture) is not null);

    private static bool MayBeTwo(string text) => Language.Numbers.NumberFormat.NumberDecimalSeparator == "," && OneGroup().IsMatch(text);

    private static double? Parse(string text, CultureInfo culture) => double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Three digits after one sign: no thousands where a 0 leads.</summary>
    [GeneratedRegex("^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneGroup();

    [GeneratedRegex("^[+-]?[0-9]{1,3}([.,][0-9]{3})+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();
}
