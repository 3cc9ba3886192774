using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using CsCheck;

namespace Assay.Analysis.Tests.Readouts;

public sealed class MetricKindTests
{
    private static readonly double[] Control = [0, 0, 3.5, 1.25, 0, 7, 2, 0, 1, 0.5];
    private static readonly double[] Treatment = [0, 4, 3.5, 2.25, 0, 9, 2, 1, 1, 0.25, 6];

    private static Scene Spend(Direction direction = Direction.Increase) => new()
    {
        Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous, direction) with { StdDev = 2.5, BaselineValue = 1.5 }),
        Plan = Scene.PlanOf(1000, 1000),
    };

    [Fact]
    public void A_continuous_metric_is_compared_by_Welch()
    {
        var comparison = Spend().Values(0, "spend", Control).Values(1, "spend", Treatment).Read().Comparisons[0];
        Assert.Equal(FixedMethod.WelchT, comparison.Analysis.Method);

        // scipy.stats.ttest_ind(treatment, control, equal_var=False)
        Assert.Equal(1.0043731360, comparison.Analysis.TestStatistic!.Value, 1e-9);
        Assert.Equal(0.3280440806, comparison.Analysis.PValue!.Value, 1e-9);
        Assert.Equal(Control.Count(value => value != 0), comparison.Control.ConvertedUsers);
    }

    [Fact]
    public void Rescaling_a_metric_rescales_its_effects_and_changes_no_p_value()
    {
        var values = Gen.Double[-100, 100].Array[5, 30];
        Gen.Select(values, values, Gen.Int[-3, 3]).Sample((control, treatment, power) =>
        {
            // A power of two scales without rounding.
            var factor = Math.Pow(2, power);
            var plain = Spend().Values(0, "spend", control).Values(1, "spend", treatment).Read().Comparisons[0].Analysis;
            var scaled = Spend().Values(0, "spend", control.Select(value => value * factor)).Values(1, "spend", treatment.Select(value => value * factor)).Read().Comparisons[0].Analysis;
            Assert.Equal(plain.Effect * factor, scaled.Effect);
            Assert.Equal(plain.StandardError!.Value * factor, scaled.StandardError!.Value, 1e-12 * factor * plain.StandardError.Value);
            Assert.Equal(plain.PValue!.Value, scaled.PValue!.Value, 1e-12);
        });
    }

    [Theory]
    [InlineData(1e-160)]
    [InlineData(1e-151)]
    [InlineData(1e-120)]
    [InlineData(1e-80)]
    [InlineData(1e12)]
    public void A_metric_in_any_unit_has_a_readout_that_JSON_can_carry(double unit)
    {
        foreach (var final in (bool[])[false, true])
        {
            var scene = new Scene
            {
                Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous)),
                Plan = Scene.PlanOf(1000, 1000),
                Final = final,
            }.Metrics(metrics => metrics with { Guardrails = [Scene.Metric("spend", MetricType.Continuous) with { Name = "safe", NonInferiorityMarginPct = 5 }] });
            foreach (var name in (string[])["spend", "safe"])
            {
                scene.Values(0, name, Enumerable.Range(0, 400).Select(i => Control[i % Control.Length] * unit));
                scene.Values(1, name, Enumerable.Range(0, 440).Select(i => Treatment[i % Treatment.Length] * unit));
            }

            var comparison = JsonSerializer.SerializeToNode(scene.Read(), ReadoutJson.Default.Readout)!["comparisons"]![0]!;
            Assert.Equal(unit < 1e-100 && !final, comparison["decision"]!["p_value"] is null);
            Assert.True(comparison["control"]!["mean"]!.GetValue<double>() > 0);
        }
    }

    [Fact]
    public void The_order_and_the_bucketing_of_units_change_no_bit()
    {
        var values = Gen.Double[-100, 100].Array[4, 30];
        Gen.Select(values, values, Gen.Int[0, 1000]).Sample((control, treatment, seed) =>
        {
            var shuffled = (double[])control.Clone();
            new Random(seed).Shuffle(shuffled);
            var half = shuffled.Length / 2;
            var one = Spend().Values(0, "spend", control).Values(1, "spend", treatment).Read();
            var other = Spend().Values(1, "spend", treatment).Values(0, "spend", shuffled[half..], Scene.Matured - 3_600_000_000).Values(0, "spend", shuffled[..half]).Read();
            Assert.Equal(one.Comparisons, other.Comparisons);
        });
    }

    [Fact]
    public void Swapping_the_arms_turns_the_effect_round()
    {
        var one = Spend().Values(0, "spend", Control).Values(1, "spend", Treatment).Read().Comparisons[0];
        var other = Spend().Values(1, "spend", Control).Values(0, "spend", Treatment).Read().Comparisons[0];
        Assert.Equal(one.Analysis.Effect, -other.Analysis.Effect);
        Assert.Equal(one.Analysis.PValue!.Value, other.Analysis.PValue!.Value, 1e-14);
        Assert.Equal(one.Analysis.CiLower!.Value, -other.Analysis.CiUpper!.Value, 1e-12);
        Assert.Equal(one.Bayesian.ProbabilityTreatmentBeatsControl!.Value, 1 - other.Bayesian.ProbabilityTreatmentBeatsControl!.Value, 1e-12);
    }

    [Fact]
    public void Better_and_loss_follow_the_desired_direction_and_beating_does_not()
    {
        var rise = Spend().Values(0, "spend", Control).Values(1, "spend", Treatment).Read().Comparisons[0].Bayesian;
        var fall = Spend(Direction.Decrease).Values(0, "spend", Control).Values(1, "spend", Treatment).Read().Comparisons[0].Bayesian;
        Assert.Equal(rise.ProbabilityTreatmentBeatsControl, fall.ProbabilityTreatmentBeatsControl);
        Assert.Equal(rise.ProbabilityTreatmentBetter, rise.ProbabilityTreatmentBeatsControl);
        Assert.Equal(1 - rise.ProbabilityTreatmentBetter!.Value, fall.ProbabilityTreatmentBetter!.Value, 1e-12);
        Assert.Equal((rise.ExpectedLossControl, rise.ExpectedLossTreatment), (fall.ExpectedLossTreatment, fall.ExpectedLossControl));
        Assert.True(rise.ExpectedLossTreatment < rise.ExpectedLossControl);
    }

    [Fact]
    public void A_relative_effect_has_no_meaning_at_a_control_mean_of_zero_and_is_over_its_absolute_value_below()
    {
        var zero = Spend().Values(0, "spend", [-1, 1, -2, 2]).Values(1, "spend", [1, 2, 3, 4]).Read().Comparisons[0].Analysis;
        Assert.Null(zero.EffectRelative);
        Assert.Null(zero.CiRelativeLower);
        Assert.NotNull(zero.PValue);
        var below = Spend().Values(0, "spend", [-10, -11, -10, -9]).Values(1, "spend", [-5, -5, -6, -4]).Read().Comparisons[0].Analysis;
        Assert.Equal(0.5, below.EffectRelative!.Value, 1e-12);
        Assert.True(below.CiRelativeLower > 0 && below.CiRelativeUpper > below.CiRelativeLower);
    }

    [Fact]
    public void A_skewed_metric_is_too_early_where_a_symmetric_one_speaks()
    {
        double[] symmetric = [.. Enumerable.Range(0, 200).Select(i => (double)(i % 10))], skewed = [.. Enumerable.Range(0, 200).Select(i => i < 3 ? 500.0 + i : 0)];
        Assert.Equal(InferenceStatus.Ok, Spend().Values(0, "spend", symmetric).Values(1, "spend", symmetric).Read().Comparisons[0].AlwaysValid.Status);
        var early = Spend().Values(0, "spend", symmetric).Values(1, "spend", skewed).Read().Comparisons[0];
        Assert.Equal(InferenceStatus.TooEarly, early.AlwaysValid.Status);

        // Three of 200 values are 501 and the rest 0: skewness (1 − 2p) ÷ √(p(1 − p)) with p = 0.015, to the spread of the three.
        Assert.Equal(100 * (1 - 0.03) * (1 - 0.03) / (0.015 * 0.985), early.Decision.UnitsNeeded!.Value, 1.0);
        Assert.Null(Spend().Values(0, "spend", symmetric).Values(1, "spend", symmetric).Read().Comparisons[0].Decision.UnitsNeeded);

        // An arm that is ready says nothing of what the other needs.
        var uneven = new Scene().Proportion(0, 100, 9_000).Proportion(1, 15, 1_000).Read().Comparisons[0].Decision;
        Assert.Equal(100 * 1_000 / 15.0, uneven.UnitsNeeded!.Value, 1e-9);
    }

    [Fact]
    public void Conversions_are_events_for_a_count_metric()
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("click", MetricType.Count) with { StdDev = 1 }) };
        for (var i = 0; i < 5; i++)
            scene.Unit(0, "click", new MetricValue(Scene.Matured, i, i, 0)).Unit(1, "click", new MetricValue(Scene.Matured, i + 1, i + 1, 1), isCrossover: i == 0);
        var readout = scene.Read();
        Assert.Equal(25, readout.ConversionsTotal);
        Assert.Equal((4, 5), (readout.Comparisons[0].Control.ConvertedUsers, readout.Comparisons[0].Treatment.ConvertedUsers));
        Assert.Equal([0L, 1], readout.Population.Crossovers);
        Assert.Equal([0L, 5], readout.Population.LateArrivals);
    }
}
