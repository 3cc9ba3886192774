using System.Globalization;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;

namespace Assay.Server.Dashboard.Course;

/// <summary>One treatment at one point of a course. Where it is decided at every look the interval is the decision's; otherwise it is the always-valid one, for reference.</summary>
internal sealed record CourseStep(TimelinePoint Point, TimelineComparison Comparison, Metric Metric, double MinimumEffectPct, bool IsNow)
{
    public DateTimeOffset At => Point.At;

    /// <summary>Its row's id, by which links find it.</summary>
    public string Id => IsNow ? "now" : At.UtcDateTime.ToString("'at-'yyyyMMddHH", CultureInfo.InvariantCulture);

    public ArmReadout Control => Point.CompletedArms[0];

    public ArmReadout Treatment => Point.CompletedArms[Comparison.TreatmentIndex];

    /// <summary>What the decision said then; where it is not decided at every look, whether there is something to refer to.</summary>
    public Finding Finding => Comparison switch
    {
        { Decision: { } decision } => Findings.Of(decision, Comparison.Effect, Metric.Direction, MinimumEffectPct),
        { AlwaysValid.Status: InferenceStatus.TooEarly } => Finding.TooEarly,
        { AlwaysValid.Status: InferenceStatus.Ok } => Finding.ReferenceOnly,
        _ => Finding.Undetermined,
    };

    public double? PValue => Comparison.Decision is { } decision ? decision.PValueAdjusted : Comparison.AlwaysValid.PValue;

    public CourseDot Dot => Comparison.Decision is { } decision
        ? new(At, Comparison.Effect, decision.CiLower, decision.CiUpper)
        : new(At, Comparison.Effect, Comparison.AlwaysValid.CiLower, Comparison.AlwaysValid.CiUpper);

    public string Effect => Difference(Comparison.Effect);

    public string Interval => Figures.Interval(Difference(Dot.Low), Difference(Dot.High));

    public string Difference(double? value) => Metric.Type == MetricType.Binary ? Figures.Points(value) : Figures.Difference(value);
}
