using System.Collections.Immutable;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;
using Assay.Server.Dashboard.Past;

namespace Assay.Server.Dashboard.Exposing;

/// <summary>Units by arm and day, as pages and files show them. Public because components are; what is inside stays in the server.</summary>
public sealed record ExposureSheet
{
    /// <summary>Below it a p-value is drawn at the edge: how small it is there, the table says.</summary>
    private const double LeastExponent = -12;

    internal ExposureSheet(ExperimentSheet sheet, ExposureCourse course) => (Sheet, Course) = (sheet, course);

    internal ExperimentSheet Sheet { get; }

    internal ExposureCourse Course { get; }

    internal IReadOnlyList<ExposureCourseDay> Days => Course.Days;

    internal ImmutableArray<ChartMark> Marks => ChartMark.Of(Sheet.Milestones.Where(milestone => milestone.Metric is null));

    /// <summary>Where the axis of time begins: the iteration, or the first day where that is earlier.</summary>
    internal DateTimeOffset From => Sheet.Experiment.BeganAt is { } began && began < Days[0].EndsAt ? began : Days[0].EndsAt.AddDays(-1);

    /// <summary>Whether the sample ratio alarms now.</summary>
    internal bool IsAlarm => Days is [.., { SequentialPValue: { } p }] && p <= Course.AlarmPValue;

    internal static ExposureSheet Of(ExperimentSheet sheet, ReadoutInput input) => new(sheet, ExposureCourse.Trace(input));

    /// <summary>The picture of a chart. Without days there is none.</summary>
    internal LinePlot Plot(ExposureChartKind kind) => kind switch
    {
        ExposureChartKind.Cumulative => LinePlot.Of(From, Days[^1].EndsAt, 0, Days[^1].Cumulative.Max() * 1.05),
        ExposureChartKind.Daily => LinePlot.Of(From, Days[^1].EndsAt, 0, Days.Max(day => day.Units.Max()) * 1.05),
        _ => LinePlot.Of(From, Days[^1].EndsAt, Math.Min(Exponent(Course.AlarmPValue) - 1, Days.Min(day => Exponent(day.SequentialPValue ?? 1))), 0),
    };

    /// <summary>The lines of a chart: one an arm, or that of the p-value as a power of ten.</summary>
    internal IEnumerable<IEnumerable<(DateTimeOffset At, double Value)>> Lines(ExposureChartKind kind) => kind switch
    {
        ExposureChartKind.Cumulative => Arms.Select(arm => Days.Select(day => (day.EndsAt, (double)day.Cumulative[arm])).Prepend((From, 0))),
        ExposureChartKind.Daily => Arms.Select(arm => Days.Select(day => (day.EndsAt, (double)day.Units[arm]))),
        _ => [Days.Where(day => day.SequentialPValue is not null).Select(day => (day.EndsAt, Exponent(day.SequentialPValue!.Value)))],
    };

    internal IEnumerable<int> Arms => Enumerable.Range(0, Course.Variations.Count);

    internal static double Exponent(double p) => p <= 0 ? LeastExponent : Math.Max(LeastExponent, Math.Log10(p));
}

/// <summary>What a chart of exposures is of.</summary>
internal enum ExposureChartKind
{
    /// <summary>Units so far, by arm.</summary>
    Cumulative,

    /// <summary>Units of each day, by arm.</summary>
    Daily,

    /// <summary>The sequential p-value of the sample ratio.</summary>
    Ratio,
}
