using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;

namespace Assay.Server.Dashboard.Course;

/// <summary>A recorded look on a course: the effect it saw and the interval that its boundary left, where it kept its arms.</summary>
internal sealed record CourseLook(LookReadout Look)
{
    public Whisker? Whisker
    {
        get
        {
            if (Look is not { Control: { } control, Treatment: { } treatment }) return null;
            var effect = treatment.Mean - control.Mean;
            var reach = Look.BoundaryZ * double.Hypot(control.StandardError, treatment.StandardError);
            return new Whisker(effect, effect - reach, effect + reach);
        }
    }
}
