using System.Globalization;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Exposing;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Units by arm and day, told.</summary>
internal static class ExposureWords
{
    private static readonly Texts Text = Texts.Of(typeof(ExposureWords));

    public static string Title => Text.Get();
    public static string Link => Text.Get();
    public static string None => Text.Get();
    public static string RatioNote => Text.Get();
    public static string ArmsNote => Text.Get();
    public static string DailyNote => Text.Get();
    public static string Days => Text.Get();
    public static string Day => Text.Get();
    public static string Table => Text.Get();
    public static string TableNote => Text.Get();

    public static string Expected(double share) => Text.Format(nameof(Expected), Figures.Share(share));

    public static string Alarm(double p) => Text.Format(nameof(Alarm), Figures.Level(p));

    /// <summary>How many stand elsewhere, with the place {0} of the link to them.</summary>
    public static string Earlier(int days) => Text.Plural(nameof(Earlier), days, Figures.Count(days), "{0}");

    public static string Date(DateOnly day) => Figures.Day(day);

    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Of(ExposureChartKind kind) => Text.Case(nameof(Of), kind);

    /// <summary>A tick of the axis: a count, or a power of ten.</summary>
    internal static string Tick(ExposureChartKind kind, double tick) => kind != ExposureChartKind.Ratio ? Figures.Short(tick) : tick == Math.Floor(tick) ? Figures.PowerOfTen(tick) : "";

    /// <summary>A whole picture in a sentence.</summary>
    internal static string Aloud(ExposureSheet exposures, ExposureChartKind kind)
    {
        var (what, first, last) = (Of(kind), exposures.Days[0], exposures.Days[^1]);
        return kind switch
        {
            ExposureChartKind.Ratio => Text.Format("Aloud.Ratio", what, Date(first.Day), Date(last.Day), Figures.P(last.SequentialPValue), Alarm(exposures.Course.AlarmPValue)),
            ExposureChartKind.Cumulative => Text.Format("Aloud.Cumulative", what, Date(first.Day), Date(last.Day), Arms(exposures, last.Cumulative)),
            _ => Text.Format("Aloud.Daily", what, Date(first.Day), Date(last.Day), Arms(exposures, last.Units)),
        };
    }

    private static string Arms(ExposureSheet exposures, IReadOnlyList<long> units) =>
        Lists.Listed(exposures.Arms.Select(arm => Text.Format("ArmUnits", exposures.Course.Variations[arm], Figures.Count(units[arm]))));
}
