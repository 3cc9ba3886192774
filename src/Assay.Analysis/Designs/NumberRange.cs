using System.Globalization;

namespace Assay.Analysis.Designs;

/// <summary>The numbers a field may hold. NaN and the infinities, which is what 1e999 reads as, are in no range.</summary>
internal sealed record NumberRange(double Low, bool IncludesLow, double High, bool IncludesHigh)
{
    /// <summary>Values of units and their means keep their squares and products far from overflow.</summary>
    private const double Largest = 1e15;

    public static NumberRange Share { get; } = new(0, false, 1, false);

    public static NumberRange Positive { get; } = new(0, false, Largest, true);

    public static NumberRange NonNegative { get; } = new(0, true, Largest, true);

    public static NumberRange Value { get; } = new(-Largest, true, Largest, true);

    public bool Contains(double number) =>
        double.IsFinite(number) && (number > Low || (IncludesLow && number == Low)) && (number < High || (IncludesHigh && number == High));

    /// <summary>What a number outside of the range is told it must be: "more than 0", "from 1 to 50". A bound that is only there against overflow is named to who crossed it alone.</summary>
    public string Wanted(double number)
    {
        var (low, high) = (IncludesLow ? $"{Text(Low)} or more" : $"more than {Text(Low)}", IncludesHigh ? $"at most {Text(High)}" : $"less than {Text(High)}");
        if (High < Largest) return IncludesLow && IncludesHigh ? $"from {Text(Low)} to {Text(High)}" : $"{low} and {high}";
        if (number < Low || (!IncludesLow && number == Low)) return low;
        return High > Largest ? "finite" : high;
    }

    private static string Text(double number) => number.ToString(Math.Abs(number) < Largest ? "R" : "0e0", CultureInfo.InvariantCulture);
}
