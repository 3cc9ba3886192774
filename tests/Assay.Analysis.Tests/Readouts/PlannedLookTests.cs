using Assay.Analysis.Derivations;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Readouts;

/// <summary>The one look of a fixed test: taken at its planned sizes, and what it saw is what is read from then on.</summary>
public sealed class PlannedLookTests
{
    private const int Size = 1000;

    private static Scene Binary(int arms = 2) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms),
        Plan = Scene.PlanOf([.. Enumerable.Repeat((long)Size, arms)]),
    }.Method(AnalysisMethod.FixedHorizon);

    private static Scene Means() => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous) with { BaselineValue = 5, StdDev = 4 }),
        Plan = Scene.PlanOf(300, 300),
    }.Method(AnalysisMethod.FixedHorizon);

    private static Scene Filled(MetricType type, double more = 0) => type == MetricType.Binary
        ? Binary().Proportion(0, 100, Size).Proportion(1, 140 + (long)more, Size)
        : Means().Values(0, "spend", Enumerable.Range(0, 310).Select(i => i % 11 * 0.7)).Values(1, "spend", Enumerable.Range(0, 320).Select(i => (i % 13 * 0.7) + more));

    [Fact]
    public void Nothing_is_due_while_an_arm_lacks_a_planned_unit() => Assert.Empty(Binary().Proportion(0, 100, Size).Proportion(1, 140, Size - 1).Due());

    [Fact]
    public void At_its_planned_size_it_says_what_the_test_says_and_then_never_again()
    {
        var scene = Binary().Proportion(0, 100, Size).Proportion(1, 140, Size);
        var look = Assert.Single(scene.Due());
        var test = FixedHorizon.TwoProportions(100, Size, 140, Size, 0.05).Value;
        Assert.Equal(("purchase", 1, 1, Scene.Now, 7L, true), (look.Metric, look.TreatmentIndex, look.Look, look.TakenAt, look.Watermark, look.Crossed));
        Assert.Equal((test.Statistic, Normal.TwoSidedCritical(0.05)), (look.Z, look.BoundaryZ));
        Assert.Equal((Size, 0.1, Size, 0.14), (look.Control!.Units, look.Control.Mean, look.Treatment!.Units, look.Treatment.Mean));
        scene.Looks = [look];
        Assert.Empty(scene.Due());
        Assert.Empty(Binary().Method(AnalysisMethod.AlwaysValid).Proportion(0, 100, Size).Proportion(1, 140, Size).Due());
    }

    [Theory]
    [InlineData(MetricType.Binary)]
    [InlineData(MetricType.Continuous)]
    public void What_it_recorded_is_what_was_read_and_no_change_of_its_units_moves_it(MetricType type)
    {
        var scene = Filled(type);
        var read = scene.Read().Comparisons[0].Decision;
        scene.Looks = scene.Due();
        var recorded = scene.Read().Comparisons[0].Decision;
        Assert.Equal((InferenceStatus.Ok, read.IsSignificant), (recorded.Status, recorded.IsSignificant));
        foreach (var (one, other) in new[] { (read.Estimate, recorded.Estimate), (read.PValue, recorded.PValue), (read.CiLower, recorded.CiLower), (read.CiRelativeUpper, recorded.CiRelativeUpper) })
            Assert.Equal(one, other);

        // Late events, and units that were excluded until too few are left.
        var late = Filled(type, more: 30);
        Assert.NotEqual(recorded.PValue, late.Read().Comparisons[0].Decision.PValue);
        late.Looks = scene.Looks;
        Assert.Equal(recorded, late.Read().Comparisons[0].Decision);
        var fewer = (type == MetricType.Binary ? Binary() : Means()) is var empty && type == MetricType.Binary ? empty.Proportion(0, 90, 900).Proportion(1, 90, 900) : empty.Values(0, "spend", [1, 2]).Values(1, "spend", [1, 2]);
        Assert.Equal(InferenceStatus.Locked, fewer.Read().Comparisons[0].Decision.Status);
        fewer.Looks = scene.Looks;
        Assert.Equal(recorded, fewer.Read().Comparisons[0].Decision);
        var steps = fewer.Derive(fewer.Design.Metrics.Primary).Comparisons[0].Parts.Single(part => part.Kind == DerivationKind.PlannedTest).Steps;
        Assert.Equal(recorded.PValue, steps.Single(step => step.Symbol == "p").Value);
    }

    [Fact]
    public void Each_treatment_has_its_own_and_its_bound_is_an_even_share()
    {
        var scene = Binary(arms: 3).Proportion(0, 100, Size).Proportion(1, 131, Size).Proportion(2, 160, Size - 1);
        var first = Assert.Single(scene.Due());
        Assert.Equal((1, false, Normal.TwoSidedCritical(0.025)), (first.TreatmentIndex, first.Crossed, first.BoundaryZ));
        scene.Looks = [first];
        Assert.False(scene.Read().Comparisons[0].Decision.IsSignificant);
        scene.Proportion(2, 1, 1);
        var second = Assert.Single(scene.Due());
        Assert.Equal((2, true), (second.TreatmentIndex, second.Crossed));
        scene.Looks = [first, second];

        // Holm finds the first once the second is found; its look stays as it was taken.
        Assert.True(scene.Read().Comparisons[0].Decision.IsSignificant);
        Assert.Equal(scene.Looks, scene.Read().Sequential.Looks);
    }

    [Fact]
    public void Nobody_against_everybody_is_recorded_though_no_arm_varies()
    {
        var scene = Binary().Proportion(0, 0, Size).Proportion(1, Size, Size);
        var look = Assert.Single(scene.Due());
        Assert.Equal((true, 1.0), (look.Crossed, look.InformationFraction));
        var read = scene.Read().Comparisons[0].Decision;
        scene.Looks = [look];
        Assert.Equal((true, read), (read.IsSignificant, scene.Read().Comparisons[0].Decision));
    }

    [Fact]
    public void Units_without_variance_make_no_look()
    {
        var scene = Binary().Proportion(0, 0, Size).Proportion(1, 0, Size);
        Assert.Equal(InferenceStatus.InsufficientData, scene.Read().Comparisons[0].Decision.Status);
        Assert.Empty(scene.Due());
    }
}
