using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Readouts;

public sealed class CrossingTests
{
    private static Scene Won() => new Scene { Plan = Scene.PlanOf(20_000, 20_000) }.Proportion(0, 800, 20_000).Proportion(1, 1_200, 20_000);

    [Fact]
    public void A_significant_decision_that_nobody_recorded_is_a_new_crossing()
    {
        var readout = Won().Read();
        var crossing = Assert.Single(Crossing.New(readout, []));
        Assert.Equal(("purchase", 1, Scene.Now, 7L), (crossing.Metric, crossing.TreatmentIndex, crossing.CrossedAt, crossing.Watermark));
        Assert.Equal(readout.Comparisons[0].Decision.PValueAdjusted, crossing.PValueAdjusted);
        Assert.Empty(Crossing.New(readout, [crossing]));
        Assert.Single(Crossing.New(readout, [crossing with { TreatmentIndex = 2 }, crossing with { Metric = "other" }]));
    }

    [Fact]
    public void What_is_not_significant_or_not_read_again_and_again_has_no_crossing()
    {
        Assert.Empty(Crossing.New(new Scene { Plan = Scene.PlanOf(20_000, 20_000) }.Proportion(0, 800, 20_000).Proportion(1, 810, 20_000).Read(), []));
        var locked = Won().Method(AnalysisMethod.FixedHorizon).Read();
        Assert.True(locked.Comparisons[0].Decision.IsSignificant);
        Assert.Empty(Crossing.New(locked, []));
    }

    [Fact]
    public void A_recorded_crossing_is_told_as_long_as_the_experiment_is_whatever_the_numbers_become()
    {
        var scene = new Scene { Plan = Scene.PlanOf(20_000, 20_000) }.Proportion(0, 800, 20_000).Proportion(1, 810, 20_000);
        Assert.Null(scene.Read().Comparisons[0].Decision.CrossedAt);
        scene.Crossings = [new Crossing("purchase", 1, Scene.Now.AddDays(-1), 3, 0.01, 0.02)];
        var decision = scene.Read().Comparisons[0].Decision;
        Assert.Equal((Scene.Now.AddDays(-1), false), (decision.CrossedAt, decision.IsSignificant));

        // A readout of an earlier time does not know yet.
        scene.AsOf = Scene.Now.AddDays(-2);
        Assert.Null(scene.Read().Comparisons[0].Decision.CrossedAt);
    }
}
