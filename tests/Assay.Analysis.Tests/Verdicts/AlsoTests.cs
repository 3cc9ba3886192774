using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Statistics.Distributions;
using CsCheck;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class AlsoTests
{
    private const long Units = 20_000;

    private static Scene Of(AnalysisMethod method = AnalysisMethod.AlwaysValid, double mde = 10, double? traffic = null, double? prior = null)
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }), Plan = Scene.PlanOf(Units, Units) }
            .Method(method).Metrics(metrics => metrics with { MdePct = mde });
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { ExpectedDailyTraffic = traffic }, Policy = new Policy(null, prior) };
        return scene;
    }

    private static AlsoReadout Read(Scene scene, long control, long treatment, long units = Units) => Assert.Single(scene.Proportion(0, control, units).Proportion(1, treatment, units).Read().Also);

    [Fact]
    public void Conditional_power_of_a_fixed_test_is_lan_simon_and_halperin_s()
    {
        var power = Read(Of(AnalysisMethod.FixedHorizon), 1000, 1050, 10_000).ConditionalPower!;
        var variance = ((0.1 * 0.9) + (0.105 * 0.895)) / 10_000 * 10_000 / 9_999;
        var fraction = 2 * 0.09 / Units / (((0.1 * 0.9) + (0.105 * 0.895)) / 10_000);
        Assert.Equal(fraction, power.InformationFraction, 1e-9);
        Assert.Equal(1.959963984540054, power.FinalZ, 1e-12);
        var z = 0.005 / Math.Sqrt(variance);
        Assert.Equal(Normal.Cdf(((z / Math.Sqrt(fraction)) - 1.959963984540054) / Math.Sqrt(1 - fraction)), power.AtTrend, 1e-3);
        var drift = 0.01 / Math.Sqrt(fraction * variance);
        Assert.Equal(Normal.Cdf(((z * Math.Sqrt(fraction)) + (drift * (1 - fraction)) - 1.959963984540054) / Math.Sqrt(1 - fraction)), power.AtMde, 1e-3);
        Assert.False(power.IsFutileAtMde);
    }

    [Theory]
    [InlineData(Direction.Increase, 1000, true)]
    [InlineData(Direction.Increase, 850, true)]
    [InlineData(Direction.Increase, 1100, false)]
    [InlineData(Direction.Decrease, 1100, true)]
    [InlineData(Direction.Decrease, 900, false)]
    public void A_trend_that_leads_nowhere_is_futile_in_the_desired_direction(Direction direction, long treatment, bool isFutile)
    {
        var scene = Of().Metrics(metrics => metrics with { Primary = metrics.Primary with { Direction = direction } });
        Assert.Equal(isFutile, Read(scene, 1000, treatment, 10_000).ConditionalPower!.IsFutileAtTrend);
    }

    [Fact]
    public void An_always_valid_end_asks_for_more_than_a_fixed_one_and_there_is_none_once_the_plan_is_complete()
    {
        Assert.Equal(3.04, Read(Of(), 1000, 1050, 10_000).ConditionalPower!.FinalZ, 0.01);
        Assert.Null(Read(Of(), 2000, 2100, 21_000).ConditionalPower);
        Assert.Null(Read(Of(AnalysisMethod.Bayesian), 1000, 1050, 10_000).ConditionalPower);
    }

    [Fact]
    public void A_significant_effect_is_shown_shrunk_with_its_prior()
    {
        var scene = Of();
        var also = Read(scene, 2000, 2300);
        var decision = scene.Read().Comparisons[0].Decision;
        var (error, shrunk) = (decision.StandardError!.Value / 0.1, also.Shrunk!);
        var kept = 0.01 / (0.01 + (error * error));
        Assert.Equal(0.1, shrunk.PriorStandardDeviation);
        Assert.Equal(kept, shrunk.Kept, 1e-12);
        Assert.Equal(0.15 * kept, shrunk.EffectRelative, 1e-12);
        Assert.Equal(0.015 * kept, shrunk.Effect, 1e-12);
        Assert.Equal((0.15 * kept) - (1.959963984540054 * error * Math.Sqrt(kept)), shrunk.CredibleRelativeLower, 1e-12);
        Assert.Null(Read(Of(), 2000, 2010).Shrunk);
    }

    [Fact]
    public void The_shrinkage_of_a_fall_keeps_its_sign()
    {
        var scene = Of().Metrics(metrics => metrics with { Primary = metrics.Primary with { Direction = Direction.Decrease } });
        var shrunk = Read(scene, 2300, 2000).Shrunk!;
        Assert.InRange(shrunk.EffectRelative, -0.13, -0.08);
        Assert.True(shrunk.CredibleRelativeLower < shrunk.EffectRelative && shrunk.EffectRelative < shrunk.CredibleRelativeUpper);
    }

    [Fact]
    public void The_false_positive_risk_comes_from_the_policy_s_prior_or_the_installation_s_record()
    {
        var policy = Read(Of(prior: 0.1), 2000, 2300).FalsePositiveRisk!;
        // .025·.9 ÷ (.025·.9 + .8·.1): Kohavi, Deng & Vermeer (2022) print 22.0 % for a success rate of 10 %.
        Assert.Equal(0.0225 / (0.0225 + 0.08), policy.Risk, 1e-12);
        Assert.Equal(("policy", 0.1, 0.025, 0.8), (policy.PriorSource, policy.PriorSuccessRate, policy.ChanceOfGain, policy.Power));

        var scene = Of(prior: 0.1);
        scene.Record = new InstallationRecord(20, 100);
        var record = Read(scene, 2000, 2300).FalsePositiveRisk!;
        Assert.Equal("record", record.PriorSource);
        Assert.Equal((0.2 - 0.025) / (0.8 - 0.025), record.PriorSuccessRate, 1e-12);
        scene = Of();
        scene.Record = new InstallationRecord(10, 19);
        Assert.Null(Read(scene, 2000, 2300).FalsePositiveRisk);
    }

    [Theory]
    [InlineData(2000, 2010)]
    [InlineData(2300, 2000)]
    public void Without_a_gain_there_is_no_false_positive_risk(long control, long treatment) => Assert.Null(Read(Of(prior: 0.1), control, treatment).FalsePositiveRisk);

    [Theory]
    [InlineData(2000, 2300, 10, false)]
    [InlineData(2000, 2500, 2, true)]
    [InlineData(2300, 2000, 1, true)]
    [InlineData(2000, 2010, 0.1, false)]
    public void Too_good_or_too_bad_to_be_true_is_an_interval_wholly_beyond_three_mdes(long control, long treatment, double mde, bool isFlagged)
    {
        var twyman = Read(Of(mde: mde), control, treatment).Twyman!;
        Assert.Equal(isFlagged, twyman.IsFlagged);
        Assert.Equal(3 * mde / 100, twyman.LimitRelative, 1e-12);
        Assert.Equal(isFlagged, twyman.NearestRelative > twyman.LimitRelative);
    }

    [Fact]
    public void The_total_impact_is_the_effect_times_the_traffic_of_everybody()
    {
        var scene = Of(traffic: 12_000);
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficAllocation = 0.1 } };
        var impact = Read(scene, 2000, 2300).TotalImpact!;
        var decision = scene.Read().Comparisons[0].Decision;
        Assert.Equal((12_000.0, "expected"), (impact.UnitsPerDay, impact.UnitsSource));
        Assert.Equal(180, impact.PerDay, 1e-9);
        Assert.Equal(12_000 * decision.CiLower!.Value, impact.PerDayLower!.Value, 1e-9);
        Assert.Equal(65_700, impact.PerYear, 1e-6);
    }

    [Fact]
    public void Observed_traffic_is_scaled_up_to_everybody()
    {
        var scene = Of();
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficAllocation = 0.5, HoldoutFraction = 0.2 } };
        var also = Read(scene, 2000, 2300);
        Assert.Equal("observed", also.TotalImpact!.UnitsSource);
        Assert.Equal(also.ReEstimate!.UnitsPerDay / 0.4, also.TotalImpact.UnitsPerDay, 1e-6);
    }

    [Fact]
    public void Re_estimation_asks_for_fewer_units_when_the_baseline_is_higher()
    {
        var also = Read(Of(traffic: 1000), 2000, 2100, 10_000);
        // (1 − p)/p is 4 and not 9; s² with n − 1.
        Assert.Equal(4.0 / 9, also.ReEstimate!.SizeFactor!.Value, 1e-4);
        Assert.Equal(0, also.ReEstimate.DaysToReEstimate);
        Assert.True(also.ReEstimate.DaysToPlan > 0);
    }

    [Fact]
    public void No_values_however_small_or_large_break_the_verdict_or_leave_a_number_that_JSON_cannot_say()
    {
        var value = Gen.Select(Gen.Double[-1, 1], Gen.Int[-300, 14], (mantissa, exponent) => mantissa * Math.Pow(10, exponent));
        var values = Gen.OneOf(value.Array[4, 7], Gen.Select(value, Gen.Int[4, 7], (same, count) => Enumerable.Repeat(same, count).ToArray()));
        Gen.Select(values, values, Gen.Long[2, 20], Gen.Bool).Sample((control, treatment, planned, isFixed) =>
        {
            var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous) with { BaselineValue = 1, StdDev = 1 }), Plan = Scene.PlanOf(planned, planned) }
                .Method(isFixed ? AnalysisMethod.FixedHorizon : AnalysisMethod.AlwaysValid)
                .Metrics(metrics => metrics with { Guardrails = [Scene.Metric("lag", MetricType.Continuous, Direction.Decrease) with { NonInferiorityMarginPct = 5 }] });
            scene.Design = scene.Design with { Setup = scene.Design.Setup with { ExpectedDailyTraffic = 1e15 }, Policy = new Policy(null, 0.5) };
            ReadoutJson.Write(scene.Values(0, "spend", control).Values(1, "spend", treatment).Values(0, "lag", treatment).Values(1, "lag", control).Read());
        });
    }

    [Fact]
    public void Nothing_is_told_before_there_is_anything_to_tell()
    {
        var also = Assert.Single(Of().Read().Also);
        Assert.Equal((Validity.ReferenceOnly, "purchase", 1, "v1"), (also.Validity, also.Metric, also.VariationIndex, also.VariationKey));
        Assert.Null(also.ConditionalPower);
        Assert.Null(also.ReEstimate);
        Assert.Null(also.Shrunk);
        Assert.Null(also.FalsePositiveRisk);
        Assert.Null(also.Twyman);
        Assert.Null(also.TotalImpact);
    }
}
