using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;
using CsCheck;

namespace Assay.Analysis.Tests.Readouts;

public sealed class ExactDecisionTests
{
    private static Scene Rare(double baseline = 0.01, Direction direction = Direction.Increase, int arms = 2) => new()
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary, direction) with { BaselineValue = baseline }, arms),
        Plan = Scene.PlanOf([.. Enumerable.Repeat(5000L, arms)]),
    };

    [Fact]
    public void A_plan_of_few_conversions_is_decided_exactly_from_the_first_unit_of_each_arm()
    {
        var comparison = Rare().Proportion(0, 0, 1).Proportion(1, 1, 1).Read().Comparisons[0];
        Assert.Equal(AlwaysValidMethod.ExactBetaBinomial, comparison.AlwaysValid.Method);
        Assert.Equal((InferenceStatus.Ok, InferenceStatus.Ok), (comparison.AlwaysValid.Status, comparison.Decision.Status));
        Assert.Null(comparison.AlwaysValid.MixtureVariance);
        Assert.NotNull(comparison.Decision.PValue);
        Assert.Equal(InferenceStatus.InsufficientData, Rare().Proportion(1, 1, 1).Read().Comparisons[0].Decision.Status);
    }

    [Fact]
    public void The_numbers_are_those_of_the_sequence_that_the_plan_tuned()
    {
        var comparison = Rare().Proportion(0, 12, 2000).Proportion(1, 41, 2010).Read().Comparisons[0];
        var sequence = TwoProportionSequence.Planned(0.01, 5000, 5000, 0.05);
        var inference = sequence.Infer(12, 2000, 41, 2010, 0.05).Value;
        var lift = sequence.Relative(12, 2000, 41, 2010, 0.05).Value;
        Assert.Equal((inference.PValue, inference.Interval.Lower, inference.Interval.Upper), (comparison.AlwaysValid.PValue, comparison.AlwaysValid.CiLower, comparison.AlwaysValid.CiUpper));
        Assert.Equal((inference.Effect.Value, lift.Lower, lift.Upper), (comparison.Decision.Estimate, comparison.Decision.CiRelativeLower, comparison.Decision.CiRelativeUpper));
        Assert.True(comparison.Decision.IsSignificant);
        Assert.True(comparison.SequentialSignificant);
    }

    [Fact]
    public void No_conversion_at_all_is_an_answer_with_an_interval_and_without_an_upper_lift()
    {
        var decision = Rare().Proportion(0, 0, 800).Proportion(1, 0, 800).Read().Comparisons[0].Decision;
        Assert.Equal((InferenceStatus.Ok, 1.0), (decision.Status, decision.PValue));
        Assert.InRange(decision.CiLower!.Value, -0.05, 0);
        Assert.InRange(decision.CiUpper!.Value, 0, 0.05);
        Assert.Equal((-1, null), (decision.CiRelativeLower, decision.CiRelativeUpper));
    }

    [Fact]
    public void Interval_lift_and_corrected_p_value_agree_at_every_rank_of_the_family()
    {
        var converted = Gen.Long[0, 60];
        Gen.Select(converted, converted, converted, Gen.Long[60, 5000]).Sample(
            (control, first, second, units) =>
            {
                var readout = Rare(arms: 3).Proportion(0, control, units).Proportion(1, first, units).Proportion(2, second, units).Read();
                foreach (var decision in readout.Comparisons.Select(comparison => comparison.Decision))
                {
                    Assert.Equal(decision.PValueAdjusted <= 0.05, decision.CiLower > 0 || decision.CiUpper < 0);
                    Assert.Equal(decision.PValueAdjusted <= 0.05, decision.CiRelativeLower > 0 || decision.CiRelativeUpper < 0);
                    Assert.Equal(decision.PValueAdjusted <= 0.05, decision.IsSignificant);
                }
            },
            iter: 100);
    }

    [Fact]
    public void The_same_counts_give_the_same_numbers_however_they_lie_in_buckets()
    {
        var whole = Rare().Proportion(0, 12, 2000).Proportion(1, 41, 2010).Read().Comparisons[0];
        var hour = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond;
        var parts = Rare().Proportion(1, 40, 40, maturesAt: Scene.Matured - hour).Proportion(0, 3, 1500).Proportion(0, 9, 500, maturesAt: Scene.Matured - hour).Proportion(1, 1, 1970).Read().Comparisons[0];
        Assert.Equal(whole.Decision, parts.Decision);
        Assert.Equal(whole.AlwaysValid, parts.AlwaysValid);
    }

    [Theory]
    [InlineData(0.01, Direction.Increase, 9_999, AlwaysValidMethod.ExactBetaBinomial)]
    [InlineData(0.01, Direction.Increase, 10_000, AlwaysValidMethod.NormalMixture)]
    [InlineData(0.01, Direction.Decrease, 10_000, AlwaysValidMethod.ExactBetaBinomial)]
    [InlineData(0.01, Direction.Decrease, 10_527, AlwaysValidMethod.NormalMixture)]
    [InlineData(0.98, Direction.Decrease, 4_999, AlwaysValidMethod.ExactBetaBinomial)]
    [InlineData(0.98, Direction.Decrease, 5_001, AlwaysValidMethod.NormalMixture)]
    public void The_plan_alone_chooses_by_the_outcome_that_it_expects_least_of(double baseline, Direction direction, long size, AlwaysValidMethod method)
    {
        var scene = Rare(baseline, direction);
        scene.Plan = Scene.PlanOf(size, size);
        Assert.Equal(method, scene.Read().Comparisons[0].AlwaysValid.Method);
        Assert.Equal(method, scene.Proportion(0, 400, 800).Proportion(1, 300, 800).Read().Comparisons[0].AlwaysValid.Method);
    }

    [Fact]
    public void A_secondary_with_a_baseline_is_exact_and_one_without_or_a_guardrail_is_not()
    {
        var rare = Scene.Metric("refund", MetricType.Binary) with { BaselineValue = 0.001 };
        var readout = Rare().Metrics(metrics => metrics with
        {
            Secondary = [rare, Scene.Metric("visit", MetricType.Binary)],
            Guardrails = [rare with { Name = "crash", NonInferiorityMarginPct = 10 }],
        }).Read();
        Assert.Equal([AlwaysValidMethod.ExactBetaBinomial, AlwaysValidMethod.NormalMixture], readout.Secondary.Select(metric => metric.Comparisons[0].AlwaysValid.Method));
        Assert.Equal(AlwaysValidMethod.NormalMixture, readout.Guardrails.Metrics[0].Comparisons[0].AlwaysValid.Method);
    }

    [Fact]
    public void Without_a_plan_there_is_no_exact_sequence()
    {
        var scene = Rare().Proportion(0, 3, 10).Proportion(1, 4, 10);
        (scene.Plan, scene.Final) = (null, true);
        var comparison = scene.Read().Comparisons[0];
        Assert.Equal((AlwaysValidMethod.NormalMixture, InferenceStatus.InsufficientData), (comparison.AlwaysValid.Method, comparison.AlwaysValid.Status));
    }

    [Fact]
    public void A_hundred_conversions_are_not_enough_while_all_but_a_few_convert()
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.9 }), Plan = Scene.PlanOf(5000, 5000) };
        Assert.Equal(InferenceStatus.TooEarly, scene.Proportion(0, 300, 330).Proportion(1, 320, 330).Read().Comparisons[0].AlwaysValid.Status);
        Assert.Equal(InferenceStatus.Ok, scene.Proportion(0, 800, 900).Proportion(1, 800, 900).Read().Comparisons[0].AlwaysValid.Status);
    }
}
