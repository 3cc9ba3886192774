using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Tests.Readouts;

public sealed class LookTakingTests
{
    private const long Planned = 10_000;

    private static Scene Scene(int arms = 2, int looks = 5) => new()
    {
        Design = Readouts.Scene.DesignOf(Readouts.Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms) with
        {
            Constraints = new Constraints(AnalysisMethod.GroupSequential, looks, "obrien_fleming", "holm"),
        },
        Plan = Readouts.Scene.PlanOf([.. Enumerable.Repeat(Planned, arms)]) with
        {
            Boundaries = [.. Enumerable.Range(1, looks).Select(look => new PlannedBoundary(look, (double)look / looks, 2, 0.05))],
        },
    };

    /// <summary>Two arms that converted alike: the information is the share of the planned units.</summary>
    private static Scene Even(long units, Action<Scene>? change = null)
    {
        var scene = Scene().Proportion(0, units / 10, units).Proportion(1, units / 10, units);
        change?.Invoke(scene);
        return scene;
    }

    private static ImmutableArray<double> Bounds(params ImmutableArray<double> fractions) => GroupSequential.Spending(SpendingFunction.OBrienFleming, fractions, 0.05).Z;

    private static LookReadout Look(int number, double fraction, double z = 0, bool crossed = false) => new()
    {
        Metric = "purchase",
        TreatmentIndex = 1,
        Look = number,
        TakenAt = Readouts.Scene.Now.AddDays(-1),
        Watermark = 3,
        InformationFraction = fraction,
        Z = z,
        BoundaryZ = 4,
        Crossed = crossed,
    };

    [Fact]
    public void Nothing_is_due_before_the_first_planned_fraction() => Assert.Empty(Even(1_990).Due());

    [Fact]
    public void At_the_first_planned_fraction_the_look_says_what_the_completed_units_say()
    {
        var scene = Scene().Proportion(0, 230, 2_300).Proportion(1, 276, 2_300);
        var look = Assert.Single(scene.Due());
        var variance = ((0.1 * 0.9) + (0.12 * 0.88)) / 2_300;
        var fraction = 2 * 0.1 * 0.9 / Planned / variance;
        Assert.Equal(("purchase", 1, 1, Readouts.Scene.Now, 7L), (look.Metric, look.TreatmentIndex, look.Look, look.TakenAt, look.Watermark));
        Assert.Equal(fraction, look.InformationFraction, 1e-12);
        Assert.Equal(0.02 / Math.Sqrt(variance), look.Z, 1e-9);
        Assert.Equal(Bounds(fraction)[0], look.BoundaryZ, 1e-9);
        Assert.False(look.Crossed);
        Assert.Equal((2_300L, 2_300L), (look.Control!.Units, look.Treatment!.Units));
        Assert.Equal(0.12, look.Treatment.Mean, 1e-15);

        // What it kept is what the decision is later made of.
        scene.Looks = [look];
        Assert.Equal(0.02, scene.Read().Comparisons[0].Decision.Estimate!.Value, 1e-12);
    }

    [Fact]
    public void Units_whose_window_is_open_inform_no_look() =>
        Assert.Empty(Even(1_900, scene => scene.Proportion(0, 500, 5_000, maturesAt: Readouts.Scene.Open).Proportion(1, 500, 5_000, maturesAt: Readouts.Scene.Open)).Due());

    [Fact]
    public void A_look_that_is_recorded_is_not_due_again() => Assert.Empty(Even(3_000, scene => scene.Looks = [Look(1, 0.25)]).Due());

    [Fact]
    public void Looks_that_were_passed_are_not_made_up_for_and_the_bound_spends_what_their_fractions_left()
    {
        var look = Assert.Single(Even(8_500, scene => scene.Looks = [Look(1, 0.22)]).Due());
        Assert.Equal(4, look.Look);
        Assert.Equal(Bounds(0.22, look.InformationFraction)[1], look.BoundaryZ, 1e-9);
    }

    [Fact]
    public void Past_the_plan_the_last_look_spends_what_is_left()
    {
        var look = Assert.Single(Even(12_000, scene => scene.Looks = [Look(1, 0.2), Look(2, 0.41), Look(4, 0.8)]).Due());
        Assert.Equal(5, look.Look);
        Assert.True(look.InformationFraction > 1.19);
        Assert.Equal(Bounds(0.2, 0.41, 0.8, look.InformationFraction)[3], look.BoundaryZ, 1e-9);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(5, false)]
    public void After_a_crossing_or_the_last_look_nothing_is_due(int number, bool crossed) =>
        Assert.Empty(Even(20_000, scene => scene.Looks = [Look(number, 0.5, 5, crossed)]).Due());

    [Fact]
    public void A_bound_that_is_reached_is_crossed_on_either_side()
    {
        Assert.True(Assert.Single(Scene().Proportion(0, 400, 4_100).Proportion(1, 600, 4_100).Due()) is { Crossed: true, Z: > 3 });
        Assert.True(Assert.Single(Scene().Proportion(0, 600, 4_700).Proportion(1, 400, 4_700).Due()) is { Crossed: true, Z: < -3 });
    }

    [Fact]
    public void An_interim_look_waits_for_enough_units_to_be_normal_and_the_last_one_does_not()
    {
        // A small plan: 400 units an arm at .1.
        var scene = Scene().Proportion(0, 25, 250).Proportion(1, 25, 250);
        scene.Plan = scene.Plan! with { PlannedSampleSizes = [400, 400] };
        Assert.Empty(scene.Due());
        scene.Proportion(0, 20, 200).Proportion(1, 20, 200);
        Assert.Equal(5, Assert.Single(scene.Due()).Look);
    }

    [Fact]
    public void A_handful_of_units_that_vary_little_is_not_all_the_information_of_the_plan()
    {
        // A declared standard deviation of 10, and 4 units that differ by 1: 1 ÷ se² is past its planned value.
        var scene = new Scene
        {
            Design = Readouts.Scene.DesignOf(Readouts.Scene.Metric("spend", MetricType.Continuous) with { BaselineValue = 5, StdDev = 10 }) with { Constraints = Scene().Design.Constraints },
            Plan = Scene().Plan! with { PlannedSampleSizes = [1_000, 1_000] },
        };
        scene.Values(0, "spend", [1, 1, 1, 2]).Values(1, "spend", [2, 2, 2, 1]);
        Assert.True(scene.Read().Sequential.InformationFraction > 1);
        Assert.Empty(scene.Due());

        // One conversion of 75 where a tenth was expected.
        Assert.Empty(Scene().Proportion(0, 1, 750).Proportion(1, 0, 750).Due());
    }

    [Fact]
    public void A_stop_makes_no_look_due_and_takes_away_none()
    {
        var scene = Even(3_500);
        scene.Looks = [Look(1, 0.25)];
        scene.StoppedAt = Readouts.Scene.Now.AddHours(-100);
        Assert.Empty(scene.Due());
        scene.Looks = [];
        Assert.Equal(1, Assert.Single(scene.Due()).Look);
    }

    [Fact]
    public void Every_primary_and_treatment_has_looks_of_its_own_at_its_share_of_the_level()
    {
        var scene = Scene(arms: 3).Metrics(metrics => metrics with { MorePrimaries = [Readouts.Scene.Metric("signup", MetricType.Binary) with { BaselineValue = 0.2 }] });
        foreach (var arm in Enumerable.Range(0, 3)) scene.Proportion(arm, 250, 2_500).Proportion(arm, 460, arm == 1 ? 1_700 : 2_300, "signup");
        var due = scene.Due();
        Assert.Equal([("purchase", 1), ("purchase", 2), ("signup", 2)], due.Select(look => (look.Metric, look.TreatmentIndex)));
        Assert.Equal(GroupSequential.Spending(SpendingFunction.OBrienFleming, [due[0].InformationFraction], 0.0125).Z[0], due[0].BoundaryZ, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_arm_that_the_split_gives_nothing_takes_no_look_and_no_share(int silent)
    {
        var scene = Scene(arms: 3);
        foreach (var arm in Enumerable.Range(0, 3)) scene.Proportion(arm, 250, 2_500);
        double[] split = [1, 1, 1];
        split[silent] = 0;
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [.. split] } };
        var due = scene.Due();
        if (silent == 0) Assert.Empty(due);
        else Assert.Equal(Bounds(due[0].InformationFraction)[0], Assert.Single(due).BoundaryZ, 1e-9);
    }

    [Fact]
    public void Units_without_any_spread_or_none_at_all_give_no_look()
    {
        Assert.Empty(Scene().Due());
        var scene = new Scene
        {
            Design = Readouts.Scene.DesignOf(Readouts.Scene.Metric("spend", MetricType.Continuous)) with { Constraints = Scene().Design.Constraints },
            Plan = Scene().Plan,
        };
        Assert.Empty(scene.Values(0, "spend", Enumerable.Repeat(1.0, 500)).Values(1, "spend", Enumerable.Repeat(1.0, 500)).Due());
    }

    [Fact]
    public void Another_method_has_no_looks() => Assert.Empty(Even(20_000, scene => scene.Method(AnalysisMethod.AlwaysValid)).Due());
}
