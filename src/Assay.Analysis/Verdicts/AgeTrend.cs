using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Verdicts;

/// <summary>One primary in one treatment by age, before its p-value has met the others.</summary>
internal sealed record AgeTrend
{
    /// <summary>p-values below it, adjusted, are told of; what is only to be known is told less lightly than what decides.</summary>
    public const double Level = 0.01;

    private readonly AgePlan _plan;
    private readonly JointMoments _control;
    private readonly JointMoments _treatment;
    private readonly double[] _middles;
    private readonly double[] _ends;
    private readonly Outcome<AgeRatios> _ratios;
    private readonly Outcome<EffectTrend> _trend;
    private readonly Inference? _inference;

    /// <param name="plan">The ages.</param>
    /// <param name="window">The metric's window.</param>
    /// <param name="control">Completed units of the control, a column an age.</param>
    /// <param name="treatment">Completed units of the treatment.</param>
    /// <param name="sizes">Planned units of both, which the sequence is tuned to; null without a plan.</param>
    public AgeTrend(AgePlan plan, TimeSpan window, JointMoments control, JointMoments treatment, (long Control, long Treatment)? sizes)
    {
        (_plan, _control, _treatment) = (plan, control, treatment);
        _ends = [.. Enumerable.Range(0, plan.Ages + 1).Select(age => Math.Min((double)age * plan.Days, window.TotalDays))];
        _middles = [.. Enumerable.Range(0, plan.Ages).Select(age => (_ends[age] + _ends[age + 1]) / 2)];
        _ratios = AgeRatios.Of(control, treatment);
        _trend = _ratios.SelectMany(ratios => Fit(ratios, ratios.ControlUnits, ratios.TreatmentUnits));
        _inference = sizes is ( > 0, > 0) planned && _trend.TryGet(out var trend) && trend.Slope.TryGet(out var slope) ? AnyLook(slope, planned.Control, planned.Treatment) : null;
    }

    /// <summary>p-value of no slope, valid at every look; null while there is none.</summary>
    public double? PValue => _inference?.PValue;

    /// <param name="adjusted">The p-value after the correction; null where this one has none.</param>
    /// <param name="alpha">The level that the band holds at.</param>
    public NoveltyReadout ToReadout(double? adjusted, double alpha)
    {
        var slope = _trend.TryGet(out var trend) && trend.Slope.TryGet(out var fitted) ? fitted : (Estimate?)null;
        var isFlagged = adjusted < Level;
        return new NoveltyReadout
        {
            Status = slope is not null ? NoveltyStatus.Ok : _ratios is { IsDetermined: false, Reason: Reason.TooEarly } ? NoveltyStatus.TooEarly : NoveltyStatus.InsufficientData,
            IsFlagged = isFlagged,
            Course = isFlagged ? CourseOf(trend!, slope!.Value.Value) : null,
            Slope = slope is not { } line ? null : new NoveltySlope
            {
                PerDay = line.Value,
                StandardError = line.StandardError,
                CiLower = _inference?.Interval.Lower,
                CiUpper = _inference?.Interval.Upper,
                PValue = PValue,
                PValueAdjusted = adjusted,
            },
            EarlyLessLate = slope is not null && trend!.EarlyLessLate.TryGet(out var contrast) ? new EarlyLessLate { Value = contrast.Value, StandardError = contrast.StandardError } : null,
            BandConfidence = 1 - alpha,
            Ages = Describe(slope is null ? null : alpha),
            ControlUnits = _control.Count,
            TreatmentUnits = _treatment.Count,
        };
    }

    /// <summary>Of a primary without values by age.</summary>
    public static NoveltyReadout None(NoveltyStatus why, double alpha) => new()
    {
        Status = why,
        IsFlagged = false,
        Course = null,
        Slope = null,
        EarlyLessLate = null,
        BandConfidence = 1 - alpha,
        Ages = [],
        ControlUnits = 0,
        TreatmentUnits = 0,
    };

    /// <summary>The sequence of the slope: the same units measured at the planned sizes tell the variance that it is sharpest at, in units of their own variance (as of a metric that declares none).</summary>
    private Inference? AnyLook(Estimate slope, long control, long treatment) =>
        PlannedVariance.IsSound(slope.Variance) && Fit(_ratios.Value, control, treatment).TryGet(out var planned) && planned.Slope.TryGet(out var then) && PlannedVariance.IsSound(then.Variance)
        && AlwaysValid.Infer(slope, Level, AlwaysValid.MixtureVariance(then.Variance, Level)).TryGet(out var inference) ? inference : null;

    private Outcome<EffectTrend> Fit(AgeRatios ratios, long control, long treatment)
    {
        var covariance = ratios.Covariance(control, treatment);
        return Array.TrueForAll(covariance, row => Array.TrueForAll(row, double.IsFinite)) ? EffectTrend.Of(_middles, ratios.Values, covariance) : Reason.Overflow;
    }

    private NoveltyCourse CourseOf(EffectTrend trend, double slope)
    {
        var intercept = trend.Intercept.Value;
        return Math.Abs(intercept + (slope * _middles[0])) > Math.Abs(intercept + (slope * _middles[^1])) ? NoveltyCourse.Fading : NoveltyCourse.Growing;
    }

    /// <summary>Šidák's inequality (1967): intervals of correlated normal estimates hold at once at least as often as of independent ones.</summary>
    private ImmutableArray<AgeEffect> Describe(double? alpha)
    {
        var radius = alpha is { } level ? Normal.TwoSidedCritical(-Math.Exp(Math.Log(1 - level) / _plan.Ages) + 1) : double.NaN;
        var covariance = alpha is null ? null : _ratios.Value.Covariance(_control.Count, _treatment.Count);
        return [.. Enumerable.Range(0, _plan.Ages).Select(age => Describe(age, covariance is null ? null : radius * Math.Sqrt(covariance[age][age])))];
    }

    private AgeEffect Describe(int age, double? radius)
    {
        double? control = _control.Count == 0 ? null : _control.Means[age], treatment = _treatment.Count == 0 ? null : _treatment.Means[age];
        return new AgeEffect
        {
            FromDays = _ends[age],
            ToDays = _ends[age + 1],
            ControlMean = control,
            TreatmentMean = treatment,
            Effect = treatment - control,
            EffectRelative = Pair.Relative(treatment - control, control ?? 0),
            CiRelativeLower = radius is { } below ? Number.Finite(Math.Exp(_ratios.Value.Values[age] - below) - 1) : null,
            CiRelativeUpper = radius is { } above ? Number.Finite(Math.Exp(_ratios.Value.Values[age] + above) - 1) : null,
        };
    }
}
