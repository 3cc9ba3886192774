using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using CsCheck;

namespace Assay.Analysis.Tests.Readouts;

public sealed class DecisionTests
{
    private static Scene Three(AnalysisMethod method) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms: 3),
        Plan = Scene.PlanOf(2000, 2000, 2000),
    }.Method(method);

    [Fact]
    public void A_decision_s_interval_excludes_zero_exactly_when_its_adjusted_p_value_is_at_most_alpha()
    {
        var converted = Gen.Int[150, 300];
        Gen.Select(converted, converted, converted, Gen.Bool).Sample(
            (control, first, second, anyLook) =>
            {
                var scene = Three(anyLook ? AnalysisMethod.AlwaysValid : AnalysisMethod.FixedHorizon);
                var readout = scene.Proportion(0, control, 2000).Proportion(1, first, 2000).Proportion(2, second, 2000).Read();
                foreach (var decision in readout.Comparisons.Select(comparison => comparison.Decision))
                {
                    Assert.Equal(InferenceStatus.Ok, decision.Status);
                    var excludes = decision.CiLower > 0 || decision.CiUpper < 0;
                    Assert.Equal(decision.PValueAdjusted <= 0.05, excludes);
                    Assert.Equal(excludes, decision.IsSignificant);
                    if (anyLook) Assert.Equal(excludes, decision.CiRelativeLower > 0 || decision.CiRelativeUpper < 0);
                }
            },
            iter: 200);
    }

    [Fact]
    public void Arms_and_primaries_are_one_family()
    {
        var scene = Three(AnalysisMethod.FixedHorizon).Metrics(metrics => metrics with { MorePrimaries = [Scene.Metric("visit", MetricType.Binary)] });
        foreach (var metric in (string[])["purchase", "visit"])
            scene.Proportion(0, 200, 2000, metric).Proportion(1, 240, 2000, metric).Proportion(2, 205, 2000, metric);
        var readout = scene.Read();
        var p = readout.Comparisons[0].Decision.PValue!.Value;
        Assert.Equal(4 * p, readout.Comparisons[0].Decision.PValueAdjusted!.Value, 1e-12);
        Assert.Equal(4 * p, readout.Primaries[0].Comparisons[0].Decision.PValueAdjusted!.Value, 1e-12);
        Assert.Equal(4, readout.Sequential.Comparisons.Count);
    }

    [Fact]
    public void Secondary_metrics_are_a_family_of_their_own_that_takes_nothing_from_the_primaries()
    {
        var readout = Three(AnalysisMethod.FixedHorizon).Metrics(metrics => metrics with { Secondary = [Scene.Metric("visit", MetricType.Binary)] })
            .Proportion(0, 200, 2000).Proportion(1, 240, 2000).Proportion(2, 205, 2000)
            .Proportion(0, 200, 2000, "visit").Proportion(1, 240, 2000, "visit").Proportion(2, 205, 2000, "visit").Read();
        var decision = readout.Secondary[0].Comparisons[0].Decision;
        Assert.Equal((2 * decision.PValue!.Value, 0.05 / 2), (decision.PValueAdjusted!.Value, decision.Level));
        Assert.Equal(decision.PValueAdjusted, readout.Comparisons[0].Decision.PValueAdjusted);
    }

    [Theory]
    [InlineData(AnalysisMethod.AlwaysValid)]
    [InlineData(AnalysisMethod.FixedHorizon)]
    [InlineData(AnalysisMethod.GroupSequential)]
    public void Of_many_secondary_metrics_intervals_agree_with_what_holm_leaves_of_their_p_values(AnalysisMethod method)
    {
        int[] gains = [0, 40, 80, 100, 120, 140, 160, 300];
        var names = Enumerable.Range(0, gains.Length).Select(i => $"metric-{i}").ToList();
        var scene = new Scene { Plan = Scene.PlanOf(10_000, 10_000) }.Method(method).Metrics(metrics => metrics with { Secondary = [.. names.Select(name => Scene.Metric(name, MetricType.Binary) with { BaselineValue = 0.1 })] });
        foreach (var (i, name) in names.Index()) scene.Proportion(0, 1_000, 10_000, name).Proportion(1, 1_000 + gains[i], 10_000, name);
        var readout = scene.Read();
        var decisions = readout.Secondary.Select(metric => metric.Comparisons[0].Decision).ToList();
        Assert.All(decisions, decision => Assert.Equal(method == AnalysisMethod.FixedHorizon ? method : AnalysisMethod.AlwaysValid, decision.Method));
        Assert.Equal(Assay.Statistics.Multiplicity.Holm([.. decisions.Select(decision => decision.PValue!.Value)]).Select(p => (double?)p), decisions.Select(decision => decision.PValueAdjusted));
        Assert.All(decisions, decision => Assert.Equal(decision.IsSignificant, decision.CiLower > 0));
        Assert.Contains(decisions, decision => decision.IsSignificant);
        Assert.Contains(decisions, decision => decision is { PValue: <= 0.05, IsSignificant: false });

        // They inform: the verdict reads none of them.
        Assert.Equal(VerdictStatus.KeepRunning, readout.Verdict.Status);
    }

    [Fact]
    public void The_always_valid_decision_is_silent_until_both_arms_have_a_hundred_conversions()
    {
        var plan = Scene.PlanOf(4000, 4000);
        var early = new Scene { Plan = plan }.Proportion(0, 99, 2000).Proportion(1, 300, 2000).Read().Comparisons[0];
        Assert.Equal(InferenceStatus.TooEarly, early.AlwaysValid.Status);
        Assert.Equal(InferenceStatus.TooEarly, early.Decision.Status);
        Assert.Null(early.Decision.PValue);
        Assert.Null(early.Decision.CiLower);
        Assert.False(early.Decision.IsSignificant);
        var spoken = new Scene { Plan = plan }.Proportion(0, 100, 2000).Proportion(1, 300, 2000).Read().Comparisons[0];
        Assert.Equal(InferenceStatus.Ok, spoken.Decision.Status);
        Assert.True(spoken.Decision.IsSignificant);
        Assert.True(spoken.SequentialSignificant);
    }

    [Fact]
    public void Open_windows_never_move_the_decision()
    {
        var scene = new Scene().Proportion(0, 200, 2000).Proportion(1, 260, 2000);
        var before = scene.Read().Comparisons[0];
        var after = scene.Proportion(1, 900, 1000, maturesAt: Scene.Open).Read().Comparisons[0];
        Assert.Equal(before.Decision, after.Decision);
        Assert.Equal(before.AlwaysValid, after.AlwaysValid);
        Assert.NotEqual(before.Analysis.PValue, after.Analysis.PValue);
    }

    [Fact]
    public void The_mixture_is_frozen_by_the_plan_when_the_variance_is_declared()
    {
        var one = new Scene().Proportion(0, 200, 2000).Proportion(1, 260, 2000).Read().Comparisons[0];
        var other = new Scene().Proportion(0, 900, 4000).Proportion(1, 700, 5000).Read().Comparisons[0];
        Assert.NotNull(one.AlwaysValid.MixtureVariance);
        Assert.Equal(one.AlwaysValid.MixtureVariance, other.AlwaysValid.MixtureVariance);
    }

    [Fact]
    public void A_fixed_decision_is_locked_until_both_arms_have_their_planned_completed_units()
    {
        var scene = Three(AnalysisMethod.FixedHorizon).Proportion(0, 200, 2000).Proportion(1, 260, 1999).Proportion(2, 260, 2000).Proportion(1, 1, 1, maturesAt: Scene.Open);
        var comparisons = scene.Read().Comparisons;
        Assert.Equal((InferenceStatus.Locked, InferenceStatus.Ok), (comparisons[0].Decision.Status, comparisons[1].Decision.Status));
        Assert.Null(comparisons[0].Decision.PValue);
        Assert.Null(comparisons[0].Decision.CiLower);
        Assert.Equal(Validity.AtPlannedSize, comparisons[0].Decision.Validity);
        Assert.Equal(2 * comparisons[1].Decision.PValue!.Value, comparisons[1].Decision.PValueAdjusted!.Value, 1e-15);
        Assert.False(comparisons[1].SequentialSignificant);
    }

    [Fact]
    public void A_bayesian_decision_is_the_posterior_of_completed_units_for_reference()
    {
        var comparison = new Scene().Method(AnalysisMethod.Bayesian).Proportion(0, 200, 2000).Proportion(1, 260, 2000).Read().Comparisons[0];
        Assert.Equal((Validity.ReferenceOnly, InferenceStatus.Ok), (comparison.Decision.Validity, comparison.Decision.Status));
        Assert.Null(comparison.Decision.PValue);
        Assert.False(comparison.Decision.IsSignificant);
        Assert.Equal(comparison.Bayesian.CredibleLower, comparison.Decision.CiLower);
    }

    [Fact]
    public void A_data_file_is_decided_by_the_fixed_test_and_has_no_always_valid_answer()
    {
        var scene = new Scene { Final = true, Plan = null }.Proportion(0, 40, 980, maturesAt: Scene.Open).Proportion(1, 61, 1020, maturesAt: Scene.Open);
        var readout = scene.Read();
        var comparison = readout.Comparisons[0];
        Assert.Equal(comparison.Analysis.PValue, comparison.Decision.PValue);
        Assert.Equal(comparison.Analysis.CiLower, comparison.Decision.CiLower);
        Assert.Equal(AnalysisMethod.FixedHorizon, comparison.Decision.Method);
        Assert.Equal(InferenceStatus.InsufficientData, comparison.AlwaysValid.Status);
        Assert.Null(comparison.AlwaysValid.MixtureVariance);
        Assert.Null(readout.Watermark);
        Assert.Null(readout.Sequential.PlannedSampleSizes);
        Assert.Null(readout.Sequential.InformationFraction);
        Assert.Equal(2000, readout.Population.Completed);
    }

    [Fact]
    public void Too_few_units_or_no_variance_is_insufficient_data_and_no_number()
    {
        foreach (var scene in (Scene[])[
            new Scene(),
            new Scene().Proportion(0, 5, 10),
            new Scene().Proportion(0, 5, 10).Proportion(1, 1, 1),
            new Scene().Proportion(0, 0, 10).Proportion(1, 0, 10),
            new Scene { Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous) with { StdDev = 1 }) }.Values(0, "spend", [2, 2]).Values(1, "spend", [2, 2]),
        ])
        {
            var comparison = scene.Read().Comparisons[0];
            Assert.Equal(ComparisonStatus.InsufficientData, comparison.Status);
            Assert.Equal(InferenceStatus.InsufficientData, comparison.AlwaysValid.Status);
            Assert.Equal(InferenceStatus.InsufficientData, comparison.Decision.Status);
            Assert.Null(comparison.Analysis.PValue);
            Assert.Null(comparison.Analysis.CiLower);
            ReadoutJson.Write(scene.Read());
        }
    }

    [Fact]
    public void The_information_fraction_is_the_planned_variance_over_the_current_one()
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }), Plan = Scene.PlanOf(4000, 4000) };
        Assert.Equal(0, scene.Read().Sequential.InformationFraction);
        Assert.Equal(0.5, scene.Proportion(0, 200, 2000).Proportion(1, 200, 2000).Read().Sequential.InformationFraction!.Value, 1e-12);
    }

    [Fact]
    public void An_arm_without_traffic_is_never_significant_and_takes_no_share_of_the_family()
    {
        var scene = Three(AnalysisMethod.FixedHorizon).Metrics(metrics => metrics with { Secondary = [Scene.Metric("visit", MetricType.Binary)] });
        (scene.Final, scene.Plan) = (true, null);
        foreach (var metric in (string[])["purchase", "visit"])
            scene.Proportion(0, 200, 2000, metric).Proportion(1, 290, 2000, metric).Proportion(2, 900, 2000, metric);
        Assert.All(scene.Read().Comparisons, comparison => Assert.True(comparison.Decision.IsSignificant));
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [1, 1, 0] } };
        var readout = scene.Read();
        Assert.Equal([true, false], readout.Comparisons.Select(comparison => comparison.Decision.IsSignificant));
        Assert.Equal(readout.Comparisons[0].Decision.PValue, readout.Comparisons[0].Decision.PValueAdjusted);
        Assert.True(readout.Comparisons[1].Decision.PValue < 1e-6);
        Assert.Equal([true, false], readout.Secondary[0].Comparisons.Select(comparison => comparison.Decision.IsSignificant));
    }

    [Fact]
    public void A_metric_s_status_looks_only_at_comparisons_with_the_control()
    {
        var scene = Three(AnalysisMethod.AlwaysValid).Metrics(metrics => metrics with { Secondary = [Scene.Metric("visit", MetricType.Binary)] });

        // Nobody in either treatment converted: each differs from the control, and between them there is no variance.
        scene.Proportion(0, 200, 2000, "visit").Proportion(1, 0, 2000, "visit").Proportion(2, 0, 2000, "visit");
        scene.AllPairs = true;
        var visit = scene.Read().Secondary[0];
        Assert.Equal([ComparisonStatus.Ok, ComparisonStatus.Ok, ComparisonStatus.InsufficientData], visit.Comparisons.Select(comparison => comparison.Status));
        Assert.Equal(ComparisonStatus.Ok, visit.Status);
    }

    [Fact]
    public void Every_pair_is_compared_on_request_and_the_decisions_against_the_control_stay()
    {
        var scene = Three(AnalysisMethod.AlwaysValid).Proportion(0, 200, 2000).Proportion(1, 240, 2000).Proportion(2, 290, 2000);
        var plain = scene.Read();
        scene.AllPairs = true;
        var all = scene.Read();
        Assert.Equal([(0, 1), (0, 2), (1, 2)], all.Comparisons.Select(comparison => (comparison.ControlIndex, comparison.TreatmentIndex)));
        Assert.Equal(plain.Comparisons, all.Comparisons.Take(2));
    }
}
