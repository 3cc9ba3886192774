using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Two arms of one metric in one population: where every test of the readout begins.</summary>
internal readonly record struct Pair(Metric Metric, ArmUnits Control, ArmUnits Treatment)
{
    /// <summary>Both means, or why there are not two.</summary>
    public Outcome<(Estimate Control, Estimate Treatment)> Means
    {
        get
        {
            var (control, treatment) = (Control.Mean, Treatment.Mean);
            if (!control.TryGet(out var c)) return control.Reason;
            return treatment.TryGet(out var t) ? (c, t) : treatment.Reason;
        }
    }

    /// <summary>Treatment minus control; null when an arm has no units.</summary>
    public double? Difference => Control.Count == 0 || Treatment.Count == 0 ? null : Treatment.Moments.Mean - Control.Moments.Mean;

    /// <summary>The difference over the absolute control mean; null when that is 0, or so small that the quotient is beyond a double.</summary>
    public double? RelativeDifference => Relative(Difference, Control.Moments.Mean);

    /// <summary>The fixed-horizon test of this kind of metric.</summary>
    public Outcome<Inference> Test(double alpha) =>
        Means is { IsDetermined: false } none ? none.Reason
        : Metric.Type == MetricType.Binary ? FixedHorizon.TwoProportions(Control.Converted, Control.Count, Treatment.Converted, Treatment.Count, alpha)
        : FixedHorizon.Welch(Control.Moments, Treatment.Moments, alpha);

    /// <summary>The posterior of this kind of metric.</summary>
    public Outcome<PosteriorComparison> Posterior(double alpha) =>
        !Means.TryGet(out var means) ? Means.Reason
        : Metric.Type == MetricType.Binary ? Bayes.Proportions(Control.Converted, Control.Count, Treatment.Converted, Treatment.Count, alpha)
        : Bayes.Means(Effect.Absolute(means.Control, means.Treatment), alpha);

    public static double? Relative(double? effect, double controlMean) => effect is null || controlMean == 0 ? null : Number.Finite(effect / Math.Abs(controlMean));
}
