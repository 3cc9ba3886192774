using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Tests.Readouts;

public sealed class GuardrailTests
{
    private static Scene With(Direction direction, AnalysisMethod method = AnalysisMethod.AlwaysValid, int arms = 2) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms),
        Plan = Scene.PlanOf([.. Enumerable.Repeat(20_000L, arms)]),
    }.Method(method).Metrics(metrics => metrics with
    {
        Guardrails = [Scene.Metric("refund", MetricType.Binary, direction) with { NonInferiorityMarginPct = 10 }],
    });

    private static GuardrailReadout Read(Direction direction, long control, long treatment) =>
        With(direction).Proportion(0, control, 20_000, "refund").Proportion(1, treatment, 20_000, "refund").Read().Guardrails.Metrics[0];

    [Fact]
    public void Without_guardrails_the_status_is_unavailable() =>
        Assert.Equal(GuardrailsStatus.Unavailable, new Scene().Read().Guardrails.Status);

    [Theory]
    [InlineData(Direction.Decrease, 4000, 4000, GuardrailState.Safe)]
    [InlineData(Direction.Decrease, 4000, 3500, GuardrailState.Safe)]
    [InlineData(Direction.Decrease, 4000, 4900, GuardrailState.Harm)]
    [InlineData(Direction.Decrease, 4000, 4250, GuardrailState.Unknown)]
    [InlineData(Direction.Increase, 4000, 4000, GuardrailState.Safe)]
    [InlineData(Direction.Increase, 4000, 4900, GuardrailState.Safe)]
    [InlineData(Direction.Increase, 4000, 3200, GuardrailState.Harm)]
    [InlineData(Direction.Increase, 4000, 3750, GuardrailState.Unknown)]
    [InlineData(Direction.Decrease, 50, 50, GuardrailState.Unknown)]
    public void A_guardrail_is_safe_harmed_or_unknown(Direction direction, long control, long treatment, GuardrailState expected) =>
        Assert.Equal(expected, Read(direction, control, treatment).State);

    [Fact]
    public void Without_data_a_guardrail_is_unknown()
    {
        var readout = With(Direction.Decrease).Read();
        Assert.Equal(GuardrailsStatus.Unknown, readout.Guardrails.Status);
        Assert.Equal(InferenceStatus.InsufficientData, readout.Guardrails.Metrics[0].NonInferiority[0].Status);
    }

    [Fact]
    public void The_worst_treatment_speaks_for_the_guardrail()
    {
        var scene = With(Direction.Decrease, arms: 3).Proportion(0, 4000, 20_000, "refund").Proportion(1, 3500, 20_000, "refund").Proportion(2, 4900, 20_000, "refund");
        var readout = scene.Read();
        Assert.Equal([GuardrailState.Safe, GuardrailState.Harm], readout.Guardrails.Metrics[0].NonInferiority.Select(member => member.State));
        Assert.Equal(GuardrailState.Harm, readout.Guardrails.Metrics[0].State);
        Assert.Equal(GuardrailsStatus.Harm, readout.Guardrails.Status);
    }

    [Theory]
    [InlineData(AnalysisMethod.FixedHorizon)]
    [InlineData(AnalysisMethod.Bayesian)]
    public void Guardrails_are_always_valid_whatever_the_analysis(AnalysisMethod method)
    {
        Scene Fill(Scene scene) => scene.Proportion(0, 4000, 20_000, "refund").Proportion(1, 4000, 20_000, "refund");
        var expected = Fill(With(Direction.Decrease)).Read().Guardrails.Metrics[0].NonInferiority;
        var actual = Fill(With(Direction.Decrease, method)).Read().Guardrails.Metrics[0].NonInferiority;
        Assert.Equal(expected, actual);
        Assert.Equal(Validity.AnyLook, actual[0].Validity);
    }

    [Fact]
    public void A_data_file_judges_guardrails_by_the_fixed_test()
    {
        var scene = With(Direction.Decrease);
        scene.Final = true;
        var member = scene.Proportion(0, 4000, 20_000, "refund").Proportion(1, 4000, 20_000, "refund").Read().Guardrails.Metrics[0].NonInferiority[0];
        var error = Math.Sqrt((1 + (1.1 * 1.1)) * 0.2 * 0.8 / 20_000);
        Assert.Equal(0.02, member.Slack!.Value, 1e-12);
        Assert.Equal(0.02 - (1.6448536269514722 * error), member.SlackLower!.Value, 1e-10);
        Assert.Equal(GuardrailState.Safe, member.State);
    }

    [Fact]
    public void A_bound_that_is_no_number_is_null()
    {
        // Spread beyond anything that was declared: the one-sided bound lies beyond every double.
        var scene = With(Direction.Decrease).Metrics(metrics => metrics with
        {
            Guardrails = [Scene.Metric("latency", MetricType.Continuous, Direction.Decrease) with { StdDev = 1e-140, NonInferiorityMarginPct = 10 }],
        });
        var values = Enumerable.Range(0, 300).Select(i => 1e12 * (1 + (i % 7)));
        var member = scene.Values(0, "latency", values).Values(1, "latency", values).Read().Guardrails.Metrics[0].NonInferiority[0];
        Assert.Equal(InferenceStatus.Ok, member.Status);
        Assert.NotNull(member.Slack);
        Assert.Null(member.SlackLower);
        Assert.Equal(GuardrailState.Unknown, member.State);
    }

    [Fact]
    public void The_one_sided_bound_lies_between_the_two_sided_ones_at_twice_the_level_and_at_the_level()
    {
        foreach (var variance in (double[])[1e-6, 1e-3, 1, 1e3])
        {
            foreach (var alpha in (double[])[0.001, 0.05, 0.3])
            {
                var radius = AlwaysValidBound.Radius(variance, alpha, 0.5);
                Assert.InRange(radius, AlwaysValid.Radius(variance, 2 * alpha, 0.5), AlwaysValid.Radius(variance, alpha, 0.5));
            }
        }
    }
}
