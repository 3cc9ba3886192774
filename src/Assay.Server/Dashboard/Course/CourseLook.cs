using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;

namespace Assay.Server.Dashboard.Course;

/// <summary>A recorded look on a course: the effect it saw and the interval that its boundary left, where it kept its arms. The one look of a fixed test is its decision, and has the decision's interval.</summary>
/// <param name="Look">The look.</param>
/// <param name="Method">What decides on its metric.</param>
/// <param name="Decision">The decision on its treatment now.</param>
internal sealed record CourseLook(LookReadout Look, AnalysisMethod Method, DecisionReadout? Decision)
{
    public Whisker? Whisker
    {
        get
        {
            if (Method == AnalysisMethod.FixedHorizon)
                return Decision is { Estimate: { } estimate, CiLower: { } low, CiUpper: { } high } ? new Whisker(estimate, low, high) : null;
            if (Look is not { Control: { } control, Treatment: { } treatment }) return null;
            var effect = treatment.Mean - control.Mean;
            var reach = Look.BoundaryZ * double.Hypot(control.StandardError, treatment.StandardError);
            return new Whisker(effect, effect - reach, effect + reach);
        }
    }
}
