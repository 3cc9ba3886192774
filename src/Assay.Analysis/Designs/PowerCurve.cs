using System.Collections.Immutable;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Designs;

/// <summary>How surely a design finds an effect, against the effect that there is.</summary>
public static class PowerCurve
{
    private const int Steps = 20;

    /// <summary>Power at true effects from 0 to twice the planned one, those that the metric can have.</summary>
    /// <param name="design">A design that <see cref="DesignReader"/> has accepted.</param>
    /// <param name="sizes">Units of each arm at the end, above 0 where the split has traffic.</param>
    /// <remarks>
    /// Of the worst-off treatment on the primary metric, by the declared method at the level that the plan is priced at, at the one look at the end. A fixed test and a posterior: the pooled or the plain normal test, both tails (Fleiss, Levin
    /// &amp; Paik 2003, ch. 4). Always valid: Φ(d ÷ √(v/n) − z), the equation that <see cref="Pricing"/> solves for n, or where few conversions are expected the exact sequence's sum over all counts. Group sequential: the chance
    /// to cross the upper bound under the drift d ÷ √(v/n) (Jennison &amp; Turnbull 2000, ch. 2).
    /// </remarks>
    public static ImmutableArray<PowerPoint> Of(Design design, ImmutableArray<long> sizes)
    {
        ArgumentNullException.ThrowIfNull(design);
        if (sizes.IsDefault || sizes.Length != design.Setup.Shares.Length) throw new ArgumentException("A size for each arm is wanted.", nameof(sizes));
        var (reference, treatments) = Pricing.Treatments(design.Setup);
        var level = design.Constraints.Analysis == AnalysisMethod.Bayesian ? design.Metrics.Alpha : Pricing.Corrected(design.Metrics, treatments.Length);
        return
        [
            .. Enumerable.Range(0, Steps + 1).Select(step => 2 * design.Metrics.MdePct * step / Steps).Where(effect => IsPossible(design.Metrics, effect))
                .Select(effect => new PowerPoint(effect, treatments.Min(arm => Power(design, sizes, reference, arm, effect, level)))),
        ];
    }

    private static bool IsPossible(MetricSet metrics, double effectPct) => metrics.Primary switch
    {
        { Type: MetricType.Binary, BaselineValue: { } baseline } => baseline + Difference(metrics, effectPct) is > 0 and < 1,
        { Type: MetricType.Count, BaselineValue: { } baseline } => baseline + Difference(metrics, effectPct) >= 0,
        _ => true,
    };

    private static double Difference(MetricSet metrics, double effectPct) => Pricing.Difference(metrics with { MdePct = effectPct });

    private static double Power(Design design, ImmutableArray<long> sizes, int reference, int arm, double effectPct, double level)
    {
        var (primary, difference) = (design.Metrics.Primary, Math.Abs(Difference(design.Metrics, effectPct)));
        double control = sizes[reference], treatment = sizes[arm], alternative = (primary.BaselineValue ?? 0) + Difference(design.Metrics, effectPct);
        var (planned, actual) = Pricing.UnitVariances(design.Metrics with { MdePct = effectPct }, treatment / control);
        var drift = difference / Math.Sqrt(actual / control);
        switch (design.Constraints.Analysis)
        {
            case AnalysisMethod.AlwaysValid when RareConversions.Expects(design, primary, sizes, reference, arm):
                var baseline = primary.BaselineValue!.Value;
                return TwoProportionSequence.Planned(baseline, sizes[reference], sizes[arm], level).Power(baseline, alternative, sizes[reference], sizes[arm], level);
            case AnalysisMethod.AlwaysValid:
                return Normal.Cdf(drift - (AlwaysValid.Radius(actual, level, AlwaysValid.MixtureVariance(planned, level)) / Math.Sqrt(actual)));
            case AnalysisMethod.GroupSequential:
                var bounds = Spendings.Planned(design.Constraints, level);
                return Crossing.Of(bounds.Fractions.AsSpan(), bounds.Lower.AsSpan(), bounds.Z.AsSpan(), drift).TotalUpper;
            default:
                return primary.Type == MetricType.Binary
                    ? Statistics.Power.TwoProportions(primary.BaselineValue!.Value, alternative, control, treatment, level)
                    : Statistics.Power.OfEffect(difference, Math.Sqrt(actual / control), level);
        }
    }
}

/// <summary>A point of a power curve.</summary>
/// <param name="EffectPct">True relative effect in the desired direction, percent of the baseline, 0 or more.</param>
/// <param name="Power">Chance that the test finds it.</param>
public readonly record struct PowerPoint(double EffectPct, double Power);
