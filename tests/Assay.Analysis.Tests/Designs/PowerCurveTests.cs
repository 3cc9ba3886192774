using Assay.Analysis.Designs;

namespace Assay.Analysis.Tests.Designs;

public sealed class PowerCurveTests
{
    /// <summary>The same equation is solved for the size by the pricing and read for the power here.</summary>
    [Theory]
    [InlineData(AnalysisMethod.AlwaysValid, MetricType.Binary, 0.1, 10, 0.002)]
    [InlineData(AnalysisMethod.AlwaysValid, MetricType.Continuous, 10, 10, 0.002)]
    [InlineData(AnalysisMethod.AlwaysValid, MetricType.Binary, 0.001, 300, 0.01)] // few conversions: the exact sequence, whose power rises in steps
    [InlineData(AnalysisMethod.FixedHorizon, MetricType.Binary, 0.1, 10, 0.002)]
    [InlineData(AnalysisMethod.FixedHorizon, MetricType.Count, 2, 10, 0.002)]
    [InlineData(AnalysisMethod.Bayesian, MetricType.Binary, 0.1, 10, 0.002)]
    [InlineData(AnalysisMethod.GroupSequential, MetricType.Binary, 0.1, 10, 0.002)]
    public void At_the_planned_effect_the_planned_sizes_have_the_planned_power(AnalysisMethod method, MetricType type, double baseline, double mdePct, double tolerance)
    {
        var design = Design(method, type, baseline, mdePct);
        var power = PowerCurve.Of(design, Pricing.Price(design).PlannedSampleSizes).Single(point => point.EffectPct == mdePct).Power;
        Assert.InRange(power, 0.8 - tolerance, 0.8 + tolerance);
    }

    [Theory]
    [InlineData(AnalysisMethod.AlwaysValid)]
    [InlineData(AnalysisMethod.FixedHorizon)]
    [InlineData(AnalysisMethod.Bayesian)]
    [InlineData(AnalysisMethod.GroupSequential)]
    public void It_rises_from_at_most_the_error_rate_without_an_effect(AnalysisMethod method)
    {
        var design = Design(method, MetricType.Binary, 0.1, 10);
        var curve = PowerCurve.Of(design, Pricing.Price(design).PlannedSampleSizes);
        Assert.Equal((21, 0.0, 20.0), (curve.Length, curve[0].EffectPct, curve[^1].EffectPct));
        Assert.InRange(curve[0].Power, 0, design.Metrics.Alpha + 1e-9);
        Assert.Equal(curve.Select(point => point.Power).Order(), curve.Select(point => point.Power));
        Assert.InRange(curve[^1].Power, 0.99, 1);
    }

    [Fact]
    public void Effects_that_the_metric_cannot_have_are_left_out()
    {
        var design = Design(AnalysisMethod.AlwaysValid, MetricType.Binary, 0.6, 50);
        Assert.All(PowerCurve.Of(design, Pricing.Price(design).PlannedSampleSizes), point => Assert.InRange(point.EffectPct, 0, 66.6));
    }

    [Fact]
    public void A_size_for_each_arm_is_wanted() =>
        Assert.Equal("sizes", Assert.Throws<ArgumentException>(() => PowerCurve.Of(Design(AnalysisMethod.AlwaysValid, MetricType.Binary, 0.1, 10), [100])).ParamName);

    private static Design Design(AnalysisMethod method, MetricType type, double baseline, double mdePct)
    {
        var smallest = Documents.Design(Documents.Smallest);
        return smallest with
        {
            Constraints = smallest.Constraints with { Analysis = method, NLooks = method == AnalysisMethod.GroupSequential ? 4 : 1 },
            Metrics = smallest.Metrics with { MdePct = mdePct, Primary = smallest.Metrics.Primary with { Type = type, BaselineValue = baseline, StdDev = type == MetricType.Binary ? null : 3 * Math.Sqrt(baseline) } },
        };
    }
}
