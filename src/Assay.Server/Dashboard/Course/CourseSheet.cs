using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;
using Assay.Server.Dashboard.Past;

namespace Assay.Server.Dashboard.Course;

/// <summary>The course of one treatment on one metric, as pages show it. Public because components are; what is inside stays in the server.</summary>
public sealed record CourseSheet
{
    /// <summary>An axis reaches to the planned end where that leaves at least a third of it to what is known.</summary>
    private const double Ahead = 3;

    internal CourseSheet(ExperimentSheet sheet, TimelineReadout timeline, int treatment)
    {
        Sheet = sheet;
        Timeline = timeline;
        Treatment = treatment;
        Metric = sheet.Design.Metrics.All.First(metric => string.Equals(metric.Name, timeline.Metric, StringComparison.Ordinal));
        Row = EffectRow.Of(sheet).FirstOrDefault(row => row.Comparison is { ControlIndex: 0 } comparison && comparison.TreatmentIndex == treatment && string.Equals(row.Metric, Metric.Name, StringComparison.Ordinal));
        Method = Row?.Decision.Method ?? timeline.Method;
        var points = timeline.Points;

        // Once nothing more can complete, now is no moment of the course.
        if (points.Count > 1 && sheet.Experiment.ClosesAt <= points[^1].At) points = [.. points.SkipLast(1)];
        Steps = [.. points.Select((point, index) => new CourseStep(
            point, point.Comparisons.First(comparison => comparison.TreatmentIndex == treatment), Metric, Row?.MinimumEffectPct ?? 0, index == timeline.Points.Count - 1))];
    }

    /// <summary>The treatment that a page shows unless asked for another: the one that ranks best.</summary>
    internal static int Best(ExperimentSheet sheet) => sheet.Readout?.Verdict.Ranking is [var best, ..] ? best.VariationIndex : 1;

    /// <summary>The course of the primary metric on the page of its experiment; null while there is none.</summary>
    internal static CourseSheet? OfPrimary(ExperimentSheet sheet) =>
        sheet.Course is { Points.Count: > 0 } timeline ? new CourseSheet(sheet, timeline, Best(sheet)) : null;

    internal ExperimentSheet Sheet { get; }

    internal TimelineReadout Timeline { get; }

    internal Metric Metric { get; }

    internal int Treatment { get; }

    /// <summary>The treatment on the metric now, whose finding gives the course its colour and its word.</summary>
    internal EffectRow? Row { get; }

    /// <summary>The earliest first.</summary>
    internal ImmutableArray<CourseStep> Steps { get; }

    internal string Control => Sheet.VariationKey(0);

    internal string Name => Sheet.VariationKey(Treatment);

    /// <summary>What decides on the metric, which need not be what decides the experiment: looks are taken of primaries alone.</summary>
    internal AnalysisMethod Method { get; }

    /// <summary>Whether the band is what decides.</summary>
    internal bool IsDecision => Method == AnalysisMethod.AlwaysValid;

    /// <summary>What recorded looks decide on is decided at them: a band between them would ask to be read.</summary>
    internal bool HasBand => Method != AnalysisMethod.GroupSequential;

    internal IEnumerable<CourseLook> Looks => Timeline.Looks.Where(look => look.TreatmentIndex == Treatment).Select(look => new CourseLook(look, Method, Row?.Decision));

    /// <summary>What happened on the way, the earliest first; a stop and looks have their words in the picture, and the others a number.</summary>
    internal ImmutableArray<ChartMark> Marks => ChartMark.Of(Sheet.Milestones.Where(milestone => milestone.IsOf(Metric.Name, Treatment)));

    internal DateTimeOffset? PlannedEnd => Sheet.Experiment is { BeganAt: { } began, Plan.DurationDays: { } days } ? began.AddDays(days) : null;

    internal string Style => IsDecision && Row is { } row ? row.Finding.Style() : "calm";

    /// <summary>The picture of it, from the beginning of the iteration where that leaves half of it to what is known. Without steps there is none.</summary>
    /// <param name="most">Dots at most, evenly thinned beyond; the last is kept.</param>
    internal CoursePlot Plot(int most)
    {
        var pace = (Steps.Length + most - 1) / most;
        var dots = Steps.Where((_, index) => (Steps.Length - 1 - index) % pace == 0).Select(step => HasBand ? step.Dot : step.Dot with { Low = null, High = null });
        var known = Steps[^1].At - Steps[0].At;
        var until = PlannedEnd <= Steps[0].At + (known * Ahead) && Sheet.Experiment.StoppedAt is null ? PlannedEnd : null;
        var since = Sheet.Milestones.Length > 0 && Sheet.Experiment.BeganAt is { } began && Steps[0].At - began <= known ? began : (DateTimeOffset?)null;
        return CoursePlot.Of([.. dots], since, until, Looks.Select(look => look.Whisker).OfType<Whisker>());
    }
}
