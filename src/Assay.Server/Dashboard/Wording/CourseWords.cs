using System.Xml;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Course;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a course is told with.</summary>
internal static class CourseWords
{
    public const string Title = "Course";
    public const string None = "No unit has completed yet: the course begins when the first window has closed.";
    public const string More = "Course of every metric and variation";
    public const string Back = "To the experiment";
    public const string File = "Download SVG";
    public const string Json = "As JSON";
    public const string Show = "Show";
    public const string Moment = "Completed by";
    public const string P = "p";
    public const string AdjustedP = "Adjusted p";
    public const string ReferenceP = "p, for reference";
    public const string ReferenceInterval = "Difference, always-valid for reference";
    public const string Interval = "Difference, interval";
    public const string PlannedEnd = "planned end";
    public const string Stopped = "stopped";
    public const string Scroll = "The values behind the picture";
    public const string Values = "To the values";
    public const string Points = "Points of the course; each leads to its row";

    public static string Look(CourseLook look) => $"look {Figures.Count(look.Look.Look)}{(look.Look.Crossed ? ", crossed" : "")}";

    public static string Axis(CourseSheet course) => course.Metric.Type == MetricType.Binary ? "Difference in percentage points" : "Difference of means";

    /// <summary>A tick of the axis of effects: a round number.</summary>
    public static string Tick(CourseSheet course, double tick) => tick == 0 ? "0" : course.Metric.Type == MetricType.Binary ? Figures.Tick(tick)[..^1] + " pp" : Figures.Tick(tick / 100)[..^1];

    /// <summary>What a name may hold and a picture's XML may not is shown as a mark of replacement.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : '\uFFFD'));

    /// <summary>What is drawn, in a line.</summary>
    public static string Note(CourseSheet course)
    {
        var what = course.Timeline.Method switch
        {
            AnalysisMethod.AlwaysValid => "band: the decision's interval, right at every look",
            AnalysisMethod.GroupSequential => "the recorded looks decide; between them the always-valid numbers of the table are for reference",
            _ => "band: the always-valid interval, for reference",
        };
        return $"{Axis(course)}, {course.Name} against {course.Control}, on the units completed by each moment; {what}.";
    }

    public static string Direction(CourseSheet course) => course.Metric.Direction == Analysis.Designs.Direction.Increase ? "Higher is better." : "Lower is better.";

    /// <summary>The whole picture in a sentence.</summary>
    public static string Sentence(CourseSheet course)
    {
        var (first, last) = (course.Steps[0], course.Steps[^1]);
        var interval = course.HasBand && last.Dot.Low is not null ? $" ({last.Interval})" : "";
        return $"{course.Metric.Name}, {course.Name} against {course.Control}, from {Figures.Time(first.At)} to {Figures.Time(last.At)}: {last.Effect}{interval} at the end. {Finding(course)}.";
    }

    /// <summary>What the decision says now; of a design that does not decide at every look, that this is for reference.</summary>
    public static string Finding(CourseSheet course) => course is { IsDecision: true, Row: { } row } ? Words.Found(row) : Sentences.WordReference;

    public static string Aloud(CourseStep step) => $"{Figures.Time(step.At)}: {step.Effect}{(step.Dot.Low is null && step.Dot.High is null ? "" : $", {step.Interval}")}. {State(step)}";

    /// <summary>What was said at a step, and which way it went, so that colour is never alone.</summary>
    public static string State(CourseStep step) => step is { Comparison.Decision: { } decision, Finding: Dashboard.Finding.Better or Dashboard.Finding.BetterBelowMinimum or Dashboard.Finding.Worse }
        ? $"{(Findings.IsRise(decision, step.Comparison.Effect) ? "↑" : "↓")} {Words.Finding(step.Finding)}"
        : Words.Finding(step.Finding);

    public static string Mean(CourseSheet course, ArmReadout arm) => course.Metric.Type == MetricType.Binary ? Figures.Share(arm.Mean) : Figures.Value(arm.Mean);
}
