using System.Globalization;
using Assay.Server.Dashboard.Exposing;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Units by arm and day, told.</summary>
internal static class ExposureWords
{
    public const string Title = "Arms over time";
    public const string Link = "By day";
    public const string None = "No unit has been exposed yet.";
    public const string RatioNote = "p of the sequential test at the end of each day, on a scale of powers of ten; below the line there is an alarm. It may be read at every look.";
    public const string ArmsNote = "Units first exposed until the end of each day.";
    public const string DailyNote = "Units first exposed on each day; the last day may go on.";
    public const string Days = "By day";
    public const string Day = "Day";
    public const string Table = "The values behind the pictures";
    public const string TableNote = "Units so far, and of the day. A day ends when its units’ longest window and an hour would end at midnight UTC; it is named by its end.";

    public static string Expected(double share) => $"{Figures.Share(share)} by the split";

    public static string Alarm(double p) => $"alarm at {p.ToString("0.####", CultureInfo.InvariantCulture)}";

    public static string Earlier(int days) => $"{Figures.Count(days)} earlier {(days == 1 ? "day" : "days")}:";

    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Of(ExposureChartKind kind) => kind switch
    {
        ExposureChartKind.Cumulative => "Units by arm, so far",
        ExposureChartKind.Daily => "Units by arm, each day",
        _ => "Sample ratio over time",
    };

    /// <summary>A tick of the axis: a count, or a power of ten.</summary>
    internal static string Tick(ExposureChartKind kind, double tick) => kind == ExposureChartKind.Ratio
        ? tick == 0 ? "1" : tick == Math.Floor(tick) ? (tick > -4 ? Math.Pow(10, tick).ToString("0.####", CultureInfo.InvariantCulture) : $"1e{Figures.Number(tick)}") : ""
        : Figures.Short(tick);

    /// <summary>A whole picture in a sentence.</summary>
    internal static string Aloud(ExposureSheet exposures, ExposureChartKind kind)
    {
        var (first, last) = (exposures.Days[0], exposures.Days[^1]);
        var when = $"from {Date(first.Day)} to {Date(last.Day)}";
        return kind switch
        {
            ExposureChartKind.Ratio => $"{Of(kind)}, {when}: p {Figures.P(last.SequentialPValue)} at the end; {Alarm(exposures.Course.AlarmPValue)}.",
            ExposureChartKind.Cumulative => $"{Of(kind)}, {when}: {string.Join(", ", exposures.Arms.Select(arm => $"{exposures.Course.Variations[arm]} {Figures.Count(last.Cumulative[arm])}"))} at the end.",
            _ => $"{Of(kind)}, {when}: {string.Join(", ", exposures.Arms.Select(arm => $"{exposures.Course.Variations[arm]} {Figures.Count(last.Units[arm])}"))} on the last.",
        };
    }
}
