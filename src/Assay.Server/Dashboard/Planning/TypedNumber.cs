using System.Globalization;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Planning;

/// <summary>A number as a person types it: with a point, as the form itself shows numbers, or with the decimal sign of the reader's country. In a field of percent a % may follow.</summary>
internal static class TypedNumber
{
    /// <summary>Null where it is no finite number.</summary>
    public static double? Parse(string text, bool isPercent)
    {
        if (isPercent && text.EndsWith('%')) text = text[..^1].TrimEnd();
        return Parse(text, CultureInfo.InvariantCulture) ?? Parse(text, Language.Numbers);
    }

    /// <summary>Whether it would be a number if decimals were written after a point.</summary>
    public static bool HasComma(string text) => text.Contains(',', StringComparison.Ordinal) && Parse(text.Replace(',', '.'), isPercent: false) is not null;

    private static double? Parse(string text, CultureInfo culture) => double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null;
}
