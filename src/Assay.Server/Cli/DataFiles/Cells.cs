using System.Globalization;
using Assay.Analysis.Designs;

namespace Assay.Server.Cli.DataFiles;

/// <summary>What the text of a cell means. An empty cell is no event, and so is false or zero: it adds nothing to the unit.</summary>
internal static class Cells
{
    /// <summary>The API's limit of a value.</summary>
    private const double Largest = 1e15;

    /// <summary>Events that one cell of a count may stand for.</summary>
    private const double MostEvents = 1_000_000;

    /// <returns>The value, or what was expected instead.</returns>
    public static (double Value, string? Expected) Metric(string cell, MetricType type)
    {
        var text = cell.AsSpan().Trim();
        if (text.IsEmpty) return (0, null);
        return type == MetricType.Binary ? Binary(text) : Number(text) is not { } number ? (0, "a number of at most 1e15")
            : type == MetricType.Count && !(number is >= 0 and <= MostEvents && Math.Floor(number) == number) ? (0, "a whole number from 0 to 1,000,000")
            : (number, null);
    }

    /// <returns>The value, NaN where missing, or what was expected instead.</returns>
    public static (double Value, string? Expected) Covariate(string cell) =>
        string.IsNullOrWhiteSpace(cell) ? (double.NaN, null) : Number(cell) is { } number ? (number, null) : (0, "a number of at most 1e15");

    private static (double Value, string? Expected) Binary(ReadOnlySpan<char> text) =>
        text is "1" || Is(text, "true") || Is(text, "yes") ? (1, null)
        : text is "0" || Is(text, "false") || Is(text, "no") ? (0, null)
        : (0, "1 or 0, true or false, yes or no");

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest ? number : null;
}
