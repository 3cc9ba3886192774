using System.Globalization;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard;

/// <summary>How numbers and times are written for people: as their country does, to a readable number of digits, and never rounded before here. Of no country, and outside of pages, invariantly.</summary>
internal static class Figures
{
    /// <summary>What stands where a number could not be computed.</summary>
    public const string None = "–";

    private const char Minus = '\u2212';

    private static readonly Texts Text = Texts.Of(typeof(Figures));

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static CultureInfo Numbers => Language.Numbers;

    /// <summary>A whole count in full: <c>1,234,567</c>.</summary>
    public static string Count(long count) => Plain(count.ToString("N0", Numbers));

    /// <summary>A count where room is short: <c>12,345</c>, <c>1.23M</c>.</summary>
    public static string Short(double count) => Math.Abs(count) switch
    {
        >= 1e15 => Digits(count, 3),
        >= 1e12 => Text.Format("Short.trillions", Digits(count / 1e12, 3)),
        >= 1e9 => Text.Format("Short.billions", Digits(count / 1e9, 3)),
        >= 1e6 => Text.Format("Short.millions", Digits(count / 1e6, 3)),
        _ => Plain(count.ToString("N0", Numbers)),
    };

    /// <summary>A share as percent: <c>4.08%</c>.</summary>
    public static string Share(double? share) => share is { } value && double.IsFinite(value) ? Percent(Digits(value * 100, 3)) : None;

    /// <summary>A relative effect, always with its sign: <c>+46.5%</c>.</summary>
    public static string Change(double? share) => share is { } value && double.IsFinite(value) ? Percent(Signed(value, Digits(value * 100, 3))) : None;

    /// <summary>A difference of two shares in percentage points: <c>+1.90 pp</c>.</summary>
    public static string Points(double? share) => share is { } value && double.IsFinite(value) ? InPoints(Signed(value, Digits(value * 100, 3))) : None;

    /// <summary>A mean or another value of a metric: <c>12.3</c>.</summary>
    public static string Value(double? value) => value is { } number && double.IsFinite(number) ? Digits(number, 4) : None;

    /// <summary>Any number: a whole one in full.</summary>
    public static string Number(double number) => Math.Abs(number) < 1e15 && number == Math.Floor(number) ? Plain(number.ToString("N0", Numbers)) : Value(number);

    /// <summary>Every digit of a double, for programs and for who wants to compute on.</summary>
    public static string Exact(double number) => number.ToString("G17", Invariant);

    /// <summary>A difference of two means, always with its sign.</summary>
    public static string Difference(double? value) => value is { } number && double.IsFinite(number) ? Signed(number, Digits(number, 3)) : None;

    /// <summary>A p-value: <c>0.371</c>, <c>&lt;0.001</c>; never 0.</summary>
    public static string P(double? p) => p switch
    {
        null => None,
        < 0.001 => "<" + 0.001.ToString("0.000", Numbers),
        > 0.999 and < 1 => ">" + 0.999.ToString("0.000", Numbers),
        { } value => value.ToString("0.000", Numbers),
    };

    /// <summary>A level that a p-value is held against: as few digits as it has.</summary>
    public static string Level(double p) => p.ToString("0.####", Numbers);

    /// <summary>A whole power of ten, of at most 1: <c>0.001</c>, <c>1e−5</c>.</summary>
    public static string PowerOfTen(double exponent) => exponent > -4 ? Level(Math.Pow(10, exponent)) : $"1e{Number(exponent)}";

    /// <summary>A probability: <c>97.3%</c>, <c>&lt;0.1%</c>, <c>&gt;99.9%</c>.</summary>
    public static string Probability(double? probability) => probability switch
    {
        null => None,
        < 0.001 => Percent("<" + 0.1.ToString("0.0", Numbers)),
        > 0.999 => Percent(">" + 99.9.ToString("0.0", Numbers)),
        { } value => Percent((value * 100).ToString("0.0", Numbers)),
    };

    /// <summary>Progress: a whole percent, which reaches 100 only when it is there.</summary>
    public static string Progress(double fraction) => fraction switch
    {
        <= 0 => Percent("0"),
        < 0.01 => Percent("<1"),
        >= 10 => Percent(">999"),
        _ => Percent(Math.Floor(fraction * 100 + 1e-9).ToString("0", Numbers)),
    };

    /// <summary>An interval of already written ends; an end that does not exist is open.</summary>
    public static string Interval(string low, string high) => (low, high) switch
    {
        (None, None) => None,
        (None, _) => Text.Format("Interval.to", high),
        (_, None) => Text.Format("Interval.from", low),
        _ => Text.Format("Interval.both", low, high),
    };

    /// <summary>Minutes are enough for people: <c>23 Nov 2025, 18:42 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => Text.Format(nameof(Time), time.UtcDateTime.ToString(Dates.Day, Dates.Names), time.UtcDateTime.ToString(Dates.Clock, Dates.Names));

    /// <summary>A day: <c>23 Nov 2025</c>.</summary>
    public static string Day(DateOnly day) => day.ToString(Dates.Day, Dates.Names);

    /// <summary>The same moment for programs.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", Invariant);

    /// <summary>A span of hours: <c>45 min</c>, <c>72 h</c>, <c>30 days</c>.</summary>
    public static string Hours(double hours) => hours switch
    {
        < 1 => Text.Format("Hours.minutes", (hours * 60).ToString("0.##", Numbers)),
        >= 96 when hours % 24 == 0 => Text.Plural("Hours.days", (long)(hours / 24), (hours / 24).ToString("0", Numbers)),
        _ => Text.Format("Hours.hours", hours.ToString("0.##", Numbers)),
    };

    /// <summary>A place in a picture, in percent of its width.</summary>
    public static string Place(double percent) => percent.ToString("0.#", Invariant) + "%";

    /// <summary>A place inside a picture that is stretched as a whole, in its own units.</summary>
    public static string Mark(double place) => place.ToString("0.##", Invariant);

    /// <summary>A tick of a relative axis: as few digits as it has.</summary>
    public static string Tick(double share) => Percent(Round(share * 100));

    /// <summary>A tick of an axis of differences of shares.</summary>
    public static string TickOfPoints(double share) => share == 0 ? "0" : InPoints(Round(share * 100));

    /// <summary>A tick of an axis of differences of means.</summary>
    public static string TickOfMeans(double value) => Round(value);

    private static string Round(double value) => value == 0 ? "0"
        : Signed(value, Math.Abs(value) is >= 1e6 or < 1e-4 ? Exponent(value, 2) : Plain(value.ToString("#,0.######", Numbers)));

    private static string InPoints(string written) => Text.Format(nameof(Points), written);

    /// <summary>A number that is already written, as percent: the sign stands where the country has it.</summary>
    private static string Percent(string written) => Numbers is var numbers && ReferenceEquals(numbers, Invariant) ? written + "%" : numbers.NumberFormat.PercentPositivePattern switch
    {
        0 => $"{written}\u00A0{numbers.NumberFormat.PercentSymbol}",
        2 => numbers.NumberFormat.PercentSymbol + written,
        3 => $"{numbers.NumberFormat.PercentSymbol}\u00A0{written}",
        _ => written + numbers.NumberFormat.PercentSymbol,
    };

    private static string Signed(double value, string written) => value > 0 ? "+" + written : written;

    /// <summary>At least <paramref name="significant"/> digits, whole numbers in full, tiny and huge ones with an exponent.</summary>
    private static string Digits(double value, int significant)
    {
        var size = Math.Abs(value);
        if (size == 0)
        {
            return "0";
        }

        if (size is >= 1e9 or < 1e-4)
        {
            return Exponent(value, significant);
        }

        // The exponent after rounding: 0.9999 has none of 1.000's digits to spare.
        var rounded = size.ToString("E" + (significant - 1).ToString(Invariant), Invariant);
        var decimals = Math.Clamp(significant - 1 - int.Parse(rounded.AsSpan(rounded.IndexOf('E', StringComparison.Ordinal) + 1), Invariant), 0, 8);
        return Plain(value.ToString("N" + decimals.ToString(Invariant), Numbers));
    }

    private static string Exponent(double value, int significant) =>
        Plain(value.ToString("0." + new string('#', significant - 1) + "e0", Numbers));

    private static string Plain(string written) => written.Replace('-', Minus);
}
