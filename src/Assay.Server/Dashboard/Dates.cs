using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard;

/// <summary>The order in which the reader's country writes a date: its long form without the day of the week and with short names of months, so that no day is taken for a month.</summary>
internal static partial class Dates
{
    /// <summary>The names of months, and the calendar.</summary>
    public static CultureInfo Names => Language.Numbers;

    /// <summary>A day: <c>d MMM yyyy</c>, <c>MMM d, yyyy</c>.</summary>
    public static string Day => IsOfNoCountry ? "d MMM yyyy" : Weekday().Replace(Short(Format.LongDatePattern), "");

    /// <summary>A day of a year that is known.</summary>
    public static string DayOfYear => IsOfNoCountry ? "d MMM" : Short(Format.MonthDayPattern);

    /// <summary>A month of a year.</summary>
    public static string Month => IsOfNoCountry ? "MMM yyyy" : Short(Format.YearMonthPattern);

    /// <summary>A time of day to the minute.</summary>
    public static string Clock => IsOfNoCountry ? "HH:mm" : Format.ShortTimePattern;

    private static bool IsOfNoCountry => ReferenceEquals(Names, CultureInfo.InvariantCulture);

    private static DateTimeFormatInfo Format => Names.DateTimeFormat;

    private static string Short(string pattern) => pattern.Replace("MMMM", "MMM", StringComparison.Ordinal);

    [GeneratedRegex(@"[,،]?\s*dddd[,،]?\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Weekday();
}
