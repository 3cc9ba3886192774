using System.Xml;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Course;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a course is told with.</summary>
internal static class CourseWords
{
    private static readonly Texts Text = Texts.Of(typeof(CourseWords));

    public static string Title => Text.Get();
    public static string None => Text.Get();
    public static string More => Text.Get();
    public static string Back => Text.Get();
    public static string File => Text.Get();
    public static string Json => Text.Get();
    public static string Show => Text.Get();
    public static string Moment => Text.Get();
    public static string P => Text.Get();
    public static string AdjustedP => Text.Get();
    public static string ReferenceP => Text.Get();
    public static string ReferenceInterval => Text.Get();
    public static string Interval => Text.Get();
    public static string PlannedEnd => Text.Get();
    public static string Stopped => Text.Get();
    public static string Scroll => Text.Get();
    public static string Values => Text.Get();
    public static string Points => Text.Get();

    public static string Look(CourseLook look) => Text.Format(look.Look.Crossed ? "Look.crossed" : "Look.taken", Figures.Count(look.Look.Look));

    public static string Axis(CourseSheet course) => Text.Get(course.Metric.Type == MetricType.Binary ? "Axis.points" : "Axis.means");

    /// <summary>A tick of the axis of effects: a round number.</summary>
    public static string Tick(CourseSheet course, double tick) => course.Metric.Type == MetricType.Binary ? Figures.TickOfPoints(tick) : Figures.TickOfMeans(tick);

    /// <summary>What a name may hold and a picture's XML may not is shown as a mark of replacement.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : '\uFFFD'));

    /// <summary>What is drawn, in a line.</summary>
    public static string Note(CourseSheet course) => Text.Format(
        course.Method switch { AnalysisMethod.AlwaysValid => "Note.decided", AnalysisMethod.GroupSequential => "Note.looks", _ => "Note.reference" },
        Axis(course), course.Name, course.Control);

    /// <summary>What is drawn of which metric.</summary>
    public static string NoteOf(CourseSheet course) => Text.Format(nameof(NoteOf), course.Metric.Name, Note(course));

    public static string Direction(CourseSheet course) => Text.Case(nameof(Direction), course.Metric.Direction);

    /// <summary>The head of the picture as a file.</summary>
    public static string FileTitle(CourseSheet course) => Text.Format(nameof(FileTitle), course.Metric.Name, course.Name, course.Control);

    /// <summary>The whole picture in a sentence.</summary>
    public static string Sentence(CourseSheet course)
    {
        var (first, last) = (course.Steps[0], course.Steps[^1]);
        return Text.Format(
            course.HasBand && last.Dot.Low is not null ? "Sentence.band" : "Sentence.line",
            course.Metric.Name, course.Name, course.Control, Figures.Time(first.At), Figures.Time(last.At), last.Effect, Finding(course), last.Interval);
    }

    /// <summary>What the decision says now; where it is not decided at every look, that this is for reference.</summary>
    public static string Finding(CourseSheet course) => course is { IsDecision: true, Row: { } row } ? Words.Found(row) : Sentences.WordReference;

    public static string Aloud(CourseStep step) => Text.Format(
        step.Dot.Low is null && step.Dot.High is null ? "Aloud.open" : "Aloud.interval", Figures.Time(step.At), step.Effect, State(step), step.Interval);

    /// <summary>What was said at a step, and which way it went, so that colour is never alone.</summary>
    public static string State(CourseStep step) => step is { Comparison.Decision: { } decision, Finding: Dashboard.Finding.Better or Dashboard.Finding.BetterBelowMinimum or Dashboard.Finding.Worse }
        ? Words.Directed(step.Finding, Findings.IsRise(decision, step.Comparison.Effect))
        : Words.Finding(step.Finding);

    public static string Mean(CourseSheet course, ArmReadout arm) => course.Metric.Type == MetricType.Binary ? Figures.Share(arm.Mean) : Figures.Value(arm.Mean);
}
