using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Tests.Readouts;

public sealed class RecordedLookTests
{
    private static readonly double[] Fractions = [0.22, 0.4, 0.65, 0.81, 1.02];

    // Variance of the effect at full information: .1·.9·(1/10000 + 1/10000).
    private static readonly double UnitError = Math.Sqrt(0.1 * 0.9 * 2 / 10_000);

    private static ImmutableArray<double> Bounds(int looks, double alpha = 0.05) => GroupSequential.Spending(SpendingFunction.OBrienFleming, [.. Fractions.Take(looks)], alpha).Z;

    private static Scene Scene(int arms = 2) => new()
    {
        Design = Readouts.Scene.DesignOf(Readouts.Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms) with
        {
            Constraints = new Constraints(AnalysisMethod.GroupSequential, 5, "obrien_fleming", "holm"),
        },
        Plan = Readouts.Scene.PlanOf([.. Enumerable.Repeat(10_000L, arms)]) with
        {
            Boundaries = [.. Enumerable.Range(1, 5).Select(look => new PlannedBoundary(look, look / 5.0, 9, 0))],
        },
    };

    /// <summary>Looks with these z, each with the arms that give it, at the bounds of a level.</summary>
    private static ImmutableArray<LookReadout> Looks(double[] z, double alpha = 0.05, int treatment = 1)
    {
        var bounds = Bounds(z.Length, alpha);
        return
        [
            .. z.Select((value, k) =>
            {
                var error = UnitError / Math.Sqrt(Fractions[k]);
                return new LookReadout
                {
                    Metric = "purchase",
                    TreatmentIndex = treatment,
                    Look = k + 1,
                    TakenAt = Readouts.Scene.Now,
                    Watermark = k,
                    InformationFraction = Fractions[k],
                    Z = value,
                    BoundaryZ = bounds[k],
                    Crossed = Math.Abs(value) >= bounds[k],
                    Control = new LookArm(1000, 0.1, error * 0.6),
                    Treatment = new LookArm(1000, 0.1 + (value * error), error * 0.8),
                };
            }),
        ];
    }

    private static DecisionReadout Decide(double[] z)
    {
        var scene = Scene();
        scene.Looks = Looks(z);
        return scene.Read().Comparisons[0].Decision;
    }

    [Fact]
    public void Before_the_first_look_it_is_locked()
    {
        var decision = Scene().Proportion(0, 200, 2000).Proportion(1, 300, 2000).Read().Comparisons[0].Decision;
        Assert.Equal((InferenceStatus.Locked, Validity.AtRecordedLook), (decision.Status, decision.Validity));
        Assert.Null(decision.PValue);
        Assert.Null(decision.CiLower);
        Assert.False(decision.IsSignificant);
    }

    [Fact]
    public void While_it_runs_the_last_look_has_a_repeated_interval_and_p_value()
    {
        var decision = Decide([0.5, 1.1, 2.0]);
        var (bound, error) = (Bounds(3)[2], UnitError / Math.Sqrt(Fractions[2]));
        Assert.Equal(RepeatedInference.SpendingPValue(SpendingFunction.OBrienFleming, [.. Fractions.Take(3)], 3, 2.0), decision.PValue!.Value, 1e-12);
        Assert.Equal(2.0 * error, decision.Estimate!.Value, 1e-12);
        Assert.Equal((2.0 - bound) * error, decision.CiLower!.Value, 1e-12);
        Assert.Equal((2.0 + bound) * error, decision.CiUpper!.Value, 1e-12);
        Assert.False(decision.IsSignificant);
        Assert.True(decision.CiRelativeLower < 0 && decision.CiRelativeUpper > 0);
    }

    [Theory]
    [InlineData(new[] { 0.5, 1.1 })]
    [InlineData(new[] { 0.5, 1.1, 2.9 })]
    public void Units_that_complete_after_a_look_move_nothing_of_what_it_says(double[] z)
    {
        Scene early = Scene().Proportion(0, 200, 2000).Proportion(1, 220, 2000), late = Scene().Proportion(0, 900, 4000).Proportion(1, 300, 4000);
        early.Looks = late.Looks = Looks(z);
        var (at, after) = (early.Read(), late.Read());
        Assert.Equal(at.Comparisons[0].Decision, after.Comparisons[0].Decision);
        Assert.Equal(at.Comparisons[0].Decision.Estimate!.Value / 0.1, at.Comparisons[0].Decision.EstimateRelative!.Value, 1e-12);
        Assert.Equal(at.Verdict.Ranking[0].ShrunkGain, after.Verdict.Ranking[0].ShrunkGain);
    }

    [Fact]
    public void At_a_crossing_the_stage_wise_ordering_speaks_and_later_looks_change_nothing()
    {
        double[] z = [0.5, 1.1, 2.9];
        var (decision, later) = (Decide(z), Decide([.. z, 1.0]));
        var final = FinalInference.At(new Boundaries([.. Fractions.Take(3)], Bounds(3), 2, [], Constant: null), 3, 2.9, 0.05);
        Assert.Equal(final.PValue, decision.PValue!.Value, 1e-12);
        Assert.Equal(final.MedianUnbiasedDrift * UnitError, decision.Estimate!.Value, 1e-12);
        Assert.Equal(final.Interval.Lower * UnitError, decision.CiLower!.Value, 1e-12);
        Assert.Equal(final.Interval.Upper * UnitError, decision.CiUpper!.Value, 1e-12);
        Assert.True(decision.Estimate < 2.9 * UnitError / Math.Sqrt(Fractions[2]), "the plain estimate at a crossing is biased away from 0");
        Assert.True(decision is { IsSignificant: true, PValueAdjusted: <= 0.05, CiLower: > 0, CiRelativeLower: > 0 });
        Assert.Equal(decision, later);
    }

    [Fact]
    public void A_look_that_adds_no_information_to_the_one_before_is_not_counted()
    {
        Scene spaced = Scene(), crowded = Scene();
        spaced.Looks = Looks([0.5, 1.1]);
        // A retry a moment later: the same information to five digits, and a z that is no second chance.
        crowded.Looks = [.. spaced.Looks, spaced.Looks[1] with { Look = 3, InformationFraction = Fractions[1] + 5e-6, Z = 8, Crossed = true }];
        Assert.Equal(spaced.Read().Comparisons[0].Decision, crowded.Read().Comparisons[0].Decision);
    }

    [Theory]
    [InlineData(2e6)]
    [InlineData(-1e12)]
    public void A_first_look_any_number_of_errors_from_0_keeps_its_effect_and_its_interval(double z)
    {
        var decision = Decide([z]);
        var error = UnitError / Math.Sqrt(Fractions[0]);
        Assert.Equal(0, decision.PValue);
        Assert.Equal(z * error, decision.Estimate!.Value, 1e-6 * error);
        Assert.Equal((z - 1.959963984540054) * error, decision.CiLower!.Value, Math.Max(1e-6, 1e-15 * Math.Abs(z)) * error);
        Assert.Equal((z + 1.959963984540054) * error, decision.CiUpper!.Value, Math.Max(1e-6, 1e-15 * Math.Abs(z)) * error);
        Assert.True(decision.IsSignificant);
    }

    [Fact]
    public void A_later_crossing_far_out_is_no_nearer_to_certainty_than_its_earlier_looks_allow()
    {
        var (far, farther) = (Decide([0.5, 1e5]), Decide([0.5, 1e9]));
        Assert.Equal(far.PValue!.Value, farther.PValue!.Value, 1e-15);
        Assert.Equal(far.Estimate!.Value, farther.Estimate!.Value, 1e-9);
        Assert.True(farther is { IsSignificant: true, PValue: > 0 });
    }

    [Fact]
    public void At_the_planned_end_without_a_crossing_it_is_stage_wise_and_not_significant()
    {
        var decision = Decide([0.5, 1.1, 1.5, 1.7, 1.9]);
        Assert.Equal(FinalInference.At(new Boundaries([.. Fractions], Bounds(5), 2, [], Constant: null), 5, 1.9, 0.05).PValue, decision.PValue!.Value, 1e-12);
        Assert.True(decision is { IsSignificant: false, PValueAdjusted: > 0.05, CiLower: < 0 });
    }

    [Fact]
    public void Stopped_before_its_end_without_a_crossing_it_keeps_the_inference_that_no_stop_can_spoil()
    {
        // Read as if the stop had been planned, z = 3 at the first look would have p = .0027 and yet no crossing.
        var scene = Scene();
        scene.Looks = Looks([3.0]);
        var (running, stopped) = (scene.Read().Comparisons[0].Decision, scene.Read("stopped").Comparisons[0].Decision);
        Assert.Equal(running, stopped);
        Assert.True(stopped is { IsSignificant: false, PValue: > 0.05, CiLower: < 0 });
    }

    [Fact]
    public void Arms_and_primaries_share_the_level_evenly()
    {
        var scene = Scene(arms: 3);
        scene.Looks = [.. Looks([0.5, 2.9], 0.025), .. Looks([0.2, 4.2], 0.025, treatment: 2)];
        var readout = scene.Read();
        DecisionReadout first = readout.Comparisons[0].Decision, second = readout.Comparisons[1].Decision;
        Assert.Equal(2 * first.PValue!.Value, first.PValueAdjusted!.Value, 1e-12);
        Assert.Equal((2.9 - Bounds(2, 0.025)[1]) * UnitError / Math.Sqrt(Fractions[1]), first.CiLower!.Value, 1e-12);
        Assert.Equal(2 * second.PValue!.Value, second.PValueAdjusted!.Value, 1e-12);
        Assert.True(second is { IsSignificant: true, PValueAdjusted: <= 0.05, CiLower: > 0 });
        Assert.Equal(2 * SpendingFunction.OBrienFleming.Spent(0.4, 0.0125), readout.Sequential.Comparisons[0].AlphaSpent, 1e-15);
    }

    [Fact]
    public void The_next_bound_is_that_of_the_next_planned_fraction_after_the_looks_that_were_taken()
    {
        var scene = Scene();
        Assert.Equal(9, scene.Read().Sequential.CurrentBoundaryZ);
        scene.Looks = Looks([0.5, 1.1]);
        Assert.Equal(GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.22, 0.4, 0.6], 0.05).Z[2], scene.Read().Sequential.CurrentBoundaryZ!.Value, 1e-12);
        scene.Looks = Looks([0.5, 1.1, 1.2, 1.3, 1.4]);
        Assert.Null(scene.Read().Sequential.CurrentBoundaryZ);
    }

    [Fact]
    public void A_look_that_kept_only_z_has_its_interval_from_its_fraction_and_no_relative_one()
    {
        var scene = Scene();
        scene.Looks = [.. Looks([0.5, 1.1, 2.0]).Select(look => look with { Control = null, Treatment = null })];
        var decision = scene.Read().Comparisons[0].Decision;
        Assert.Equal(2.0 * UnitError / Math.Sqrt(Fractions[2]), decision.Estimate!.Value, 1e-12);
        Assert.Null(decision.CiRelativeLower);
    }

    [Fact]
    public void A_look_that_added_no_information_and_looks_of_another_pair_say_nothing()
    {
        var scene = Scene(arms: 3);
        var looks = Looks([0.5, 1.1]);
        scene.Looks = [.. looks, looks[1] with { Look = 3, Z = 9, Crossed = true }];
        scene.AllPairs = true;
        var comparisons = scene.Read().Comparisons;
        Assert.False(comparisons[0].Decision.IsSignificant);
        Assert.Equal((AnalysisMethod.GroupSequential, InferenceStatus.Locked), (comparisons[1].Decision.Method, comparisons[1].Decision.Status));

        // Two treatments have no looks: they are read by the sequence.
        Assert.Equal((AnalysisMethod.AlwaysValid, InferenceStatus.InsufficientData), (comparisons[2].Decision.Method, comparisons[2].Decision.Status));
    }
}
