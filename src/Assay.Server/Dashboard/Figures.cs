using System.Globalization;

namespace Assay.Server.Dashboard;

/// <summary>How numbers and times are written for people: invariantly, to a readable number of digits, and never rounded before here.</summary>
internal static class Figures
{
    /// <summary>What stands where a number could not be computed.</summary>
    public const string None = "–";

    private const char Minus = '\u2212';

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A whole count in full: <c>1,234,567</c>.</summary>
    public static string Count(long count) => Plain(count.ToString("N0", Invariant));

    /// <summary>A count where room is short: <c>12,345</c>, <c>1.23M</c>.</summary>
    public static string Short(double count) => Math.Abs(count) switch
    {
        >= 1e15 => Digits(count, 3),
        >= 1e12 => Digits(count / 1e12, 3) + "T",
        >= 1e9 => Digits(count / 1e9, 3) + "B",
        >= 1e6 => Digits(count / 1e6, 3) + "M",
        _ => Plain(count.ToString("N0", Invariant)),
    };

    /// <summary>A share as percent: <c>4.08%</c>.</summary>
    public static string Share(double? share) => share is { } value && double.IsFinite(value) ? Digits(value * 100, 3) + "%" : None;

    /// <summary>A relative effect, always with its sign: <c>+46.5%</c>.</summary>
    public static string Change(double? share) => share is { } value && double.IsFinite(value) ? Signed(value, Digits(value * 100, 3) + "%") : None;

    /// <summary>A difference of two shares in percentage points: <c>+1.90 pp</c>.</summary>
    public static string Points(double? share) => share is { } value && double.IsFinite(value) ? Signed(value, Digits(value * 100, 3) + " pp") : None;

    /// <summary>A mean or another value of a metric: <c>12.3</c>.</summary>
    public static string Value(double? value) => value is { } number && double.IsFinite(number) ? Digits(number, 4) : None;

    /// <summary>Any number: a whole one in full.</summary>
    public static string Number(double number) => Math.Abs(number) < 1e15 && number == Math.Floor(number) ? Plain(number.ToString("N0", Invariant)) : Value(number);

    /// <summary>Every digit of a double, for programs and for who wants to compute on.</summary>
    public static string Exact(double number) => number.ToString("G17", Invariant);

    /// <summary>A difference of two means, always with its sign.</summary>
    public static string Difference(double? value) => value is { } number && double.IsFinite(number) ? Signed(number, Digits(number, 3)) : None;

    /// <summary>A p-value: <c>0.371</c>, <c>&lt;0.001</c>; never 0.</summary>
    public static string P(double? p) => p switch
    {
        null => None,
        < 0.001 => "<0.001",
        > 0.999 and < 1 => ">0.999",
        { } value => value.ToString("0.000", Invariant),
    };

    /// <summary>A probability: <c>97.3%</c>, <c>&lt;0.1%</c>, <c>&gt;99.9%</c>.</summary>
    public static string Probability(double? probability) => probability switch
    {
        null => None,
        < 0.001 => "<0.1%",
        > 0.999 => ">99.9%",
        { } value => (value * 100).ToString("0.0", Invariant) + "%",
    };

    /// <summary>Progress: a whole percent, which reaches 100 only when it is there.</summary>
    public static string Progress(double fraction) => fraction switch
    {
        <= 0 => "0%",
        < 0.01 => "<1%",
        >= 10 => ">999%",
        _ => Math.Floor(fraction * 100 + 1e-9).ToString("0", Invariant) + "%",
    };

    /// <summary>An interval of already written ends; an end that does not exist is open.</summary>
    public static string Interval(string low, string high) => (low, high) switch
    {
        (None, None) => None,
        (None, _) => $"up to {high}",
        (_, None) => $"{low} or more",
        _ => $"{low} to {high}",
    };

    /// <summary>Minutes are enough for people: <c>23 Nov 2025, 18:42 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", Invariant);

    /// <summary>The same moment for programs.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", Invariant);

    /// <summary>A span of hours: <c>45 min</c>, <c>72 h</c>, <c>30 days</c>.</summary>
    public static string Hours(double hours) => hours switch
    {
        < 1 => (hours * 60).ToString("0.##", Invariant) + " min",
        >= 96 when hours % 24 == 0 => (hours / 24).ToString("0", Invariant) + " days",
        _ => hours.ToString("0.##", Invariant) + " h",
    };

    /// <summary>A place in a picture, in percent of its width.</summary>
    public static string Place(double percent) => percent.ToString("0.#", Invariant) + "%";

    /// <summary>A place inside a picture that is stretched as a whole, in its own units.</summary>
    public static string Mark(double place) => place.ToString("0.##", Invariant);

    /// <summary>A tick of a relative axis: as few digits as it has.</summary>
    public static string Tick(double share) =>
        share == 0 ? "0%" : Math.Abs(share) is >= 1e4 or < 1e-6 ? Signed(share, Exponent(share * 100, 2) + "%") : Signed(share, Plain((share * 100).ToString("#,0.######", Invariant)) + "%");

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
        return Plain(value.ToString("N" + decimals.ToString(Invariant), Invariant));
    }

    private static string Exponent(double value, int significant) =>
        Plain(value.ToString("0." + new string('#', significant - 1) + "e0", Invariant));

    private static string Plain(string written) => written.Replace('-', Minus);
}
