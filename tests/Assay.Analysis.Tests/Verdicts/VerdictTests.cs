using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class VerdictTests
{
    private const long Units = 20_000;

    /// <summary>A purchase of 10 %, planned at 20,000 units an arm, with a refund of 20 % as guardrail.</summary>
    private static Scene Guarded(int arms = 2, AnalysisMethod method = AnalysisMethod.AlwaysValid) => Plain(arms, method).Metrics(metrics => metrics with
    {
        Guardrails = [Scene.Metric("refund", MetricType.Binary, Direction.Decrease) with { NonInferiorityMarginPct = 10 }],
    });

    private static Scene Plain(int arms = 2, AnalysisMethod method = AnalysisMethod.AlwaysValid) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms),
        Plan = Scene.PlanOf([.. Enumerable.Repeat(Units, arms)]),
    }.Method(method);

    private static Scene Fill(Scene scene, long[] purchases, long[]? refunds = null, long units = Units)
    {
        for (var arm = 0; arm < purchases.Length; arm++) scene.Proportion(arm, purchases[arm], units);
        for (var arm = 0; arm < refunds?.Length; arm++) scene.Proportion(arm, refunds[arm], units, "refund");
        return scene;
    }

    private static string[] Codes(VerdictReadout verdict) => [.. verdict.Reasons.Select(reason => reason.Code)];

    [Fact]
    public void Better_with_every_guardrail_safe_is_shipped()
    {
        var verdict = Fill(Guarded(), [2000, 2300], [4000, 4000]).Read().Verdict;
        Assert.Equal((VerdictStatus.Ship, (int?)1, "v1"), (verdict.Status, verdict.RecommendedIndex, verdict.RecommendedVariation));
        Assert.Equal([ReasonCodes.PrimaryBetter, ReasonCodes.GuardrailsSafe, ReasonCodes.PlanComplete], Codes(verdict));
        Assert.Equal("Ship v1: it is better on purchase, and every guardrail is safe.", verdict.Sentence);
        Assert.Null(verdict.ExpectedAnswerAt);
    }

    [Fact]
    public void The_evidence_repeats_the_numbers_that_were_decided_on()
    {
        var readout = Fill(Guarded(), [2000, 2300], [4000, 4000]).Read();
        var (evidence, decision) = (readout.Verdict.Evidence, readout.Comparisons[0].Decision);
        Assert.Equal((0.05, 1, 0.05, 0.025, 0.0, 5.0), (evidence.Alpha, evidence.Hypotheses, evidence.GuardrailLevel, evidence.HarmLevel, evidence.MinimumEffectPct, evidence.FutilityEffectPct));
        var treatment = Assert.Single(evidence.Treatments);
        Assert.Equal((1, "v1", VerdictStatus.Ship, true), (treatment.VariationIndex, treatment.VariationKey, treatment.Outcome, treatment.IsComplete));
        var primary = Assert.Single(treatment.Primaries);
        Assert.Equal((decision.Estimate, decision.CiLower, decision.CiUpper, decision.PValue, decision.PValueAdjusted), (primary.Effect, primary.CiLower, primary.CiUpper, primary.PValue, primary.PValueAdjusted));
        Assert.Equal(0.15, primary.EffectRelative!.Value, 1e-12);
        Assert.Equal(0.05, primary.Level);
        var (guardrail, member) = (Assert.Single(treatment.Guardrails), readout.Guardrails.Metrics[0].NonInferiority[0]);
        Assert.Equal((GuardrailState.Safe, 10.0, member.SlackLower, member.HarmCiLower), (guardrail.State, guardrail.MarginPct, guardrail.SlackLower, guardrail.HarmCiLower));
    }

    [Fact]
    public void Better_with_a_guardrail_that_is_not_shown_to_be_safe_is_not_shipped()
    {
        var verdict = Fill(Guarded(), [2000, 2300], [4000, 4250]).Read().Verdict;
        Assert.Equal(VerdictStatus.Inconclusive, verdict.Status);
        Assert.Null(verdict.RecommendedIndex);
        Assert.Equal([ReasonCodes.PrimaryBetter, ReasonCodes.GuardrailUnknown, ReasonCodes.PlanComplete], Codes(verdict));
        Assert.Equal("v1 is better on purchase, but refund is not shown to be safe, and there is nothing more to wait for: keep the control, or plan a larger experiment.", verdict.Sentence);
    }

    [Fact]
    public void A_guardrail_may_still_answer_when_the_primary_has()
    {
        var scene = Guarded().Proportion(0, 2000, Units).Proportion(1, 2300, Units).Proportion(0, 200, 1000, "refund").Proportion(1, 210, 1000, "refund");
        var verdict = scene.Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, verdict.Status);
        Assert.False(verdict.Evidence.Treatments[0].IsComplete);
    }

    [Fact]
    public void A_better_primary_whose_interval_is_small_waits_for_its_guardrail_too()
    {
        var scene = Plain().Metrics(metrics => metrics with { MdePct = 40, Guardrails = [Scene.Metric("refund", MetricType.Binary, Direction.Decrease) with { NonInferiorityMarginPct = 10 }] });
        var verdict = Fill(scene, [2000, 2300], [4000, 4250]).Read().Verdict;
        Assert.True(verdict.Evidence.Treatments[0].Primaries[0].CiRelativeUpper < 0.4);
        Assert.Equal(VerdictStatus.Inconclusive, verdict.Status);
    }

    [Fact]
    public void A_harmed_guardrail_stops_whatever_the_primary_says()
    {
        var verdict = Fill(Guarded(), [2000, 2300], [4000, 4900]).Read().Verdict;
        Assert.Equal(VerdictStatus.StopHarm, verdict.Status);
        Assert.Equal([ReasonCodes.GuardrailHarm, ReasonCodes.PrimaryBetter, ReasonCodes.PlanComplete], Codes(verdict));
        Assert.Equal("Stop: v1 does harm.", verdict.Sentence);
        var harm = Assert.IsType<GuardrailParameters>(verdict.Reasons[0].Parameters);
        Assert.Equal(("v1", "refund", 10.0, 0.025), (harm.Variation, harm.Metric, harm.MarginPct, harm.HarmLevel));
        Assert.True(harm.HarmCiLower > 0);
    }

    [Theory]
    [InlineData(Direction.Increase, 2300, VerdictStatus.Ship)]
    [InlineData(Direction.Increase, 1700, VerdictStatus.StopHarm)]
    [InlineData(Direction.Decrease, 2300, VerdictStatus.StopHarm)]
    [InlineData(Direction.Decrease, 1700, VerdictStatus.Ship)]
    public void Better_and_worse_follow_the_desired_direction(Direction direction, long purchases, VerdictStatus expected)
    {
        var scene = Plain().Metrics(metrics => metrics with { Primary = metrics.Primary with { Direction = direction } });
        var verdict = Fill(scene, [2000, purchases]).Read().Verdict;
        Assert.Equal(expected, verdict.Status);
        Assert.Equal(expected == VerdictStatus.Ship ? ReasonCodes.PrimaryBetter : ReasonCodes.PrimaryWorse, verdict.Reasons[0].Code);
    }

    [Theory]
    [InlineData(Direction.Increase, 2300, 2, VerdictStatus.Ship)]
    [InlineData(Direction.Increase, 2300, 10, VerdictStatus.Inconclusive)]
    [InlineData(Direction.Decrease, 1700, 2, VerdictStatus.Ship)]
    [InlineData(Direction.Decrease, 1700, 10, VerdictStatus.Inconclusive)]
    [InlineData(Direction.Increase, 2300, 30, VerdictStatus.NoWorthwhileEffect)]
    public void A_declared_minimum_asks_for_the_whole_relative_interval(Direction direction, long purchases, double minimum, VerdictStatus expected)
    {
        var scene = Plain().Metrics(metrics => metrics with { MinimumEffectPct = minimum, Primary = metrics.Primary with { Direction = direction } });
        var verdict = Fill(scene, [2000, purchases]).Read().Verdict;
        Assert.Equal(expected, verdict.Status);
        Assert.Equal(expected != VerdictStatus.Ship, Codes(verdict).Contains(ReasonCodes.BelowMinimumEffect));
        Assert.Equal(expected == VerdictStatus.NoWorthwhileEffect, Codes(verdict).Contains(ReasonCodes.BelowWorthwhileEffect));
    }

    [Theory]
    [InlineData(30.0, VerdictStatus.NoWorthwhileEffect)]
    [InlineData(1.0, VerdictStatus.Inconclusive)]
    [InlineData(null, VerdictStatus.NoWorthwhileEffect)]
    public void An_interval_below_the_futility_effect_says_that_nothing_worthwhile_is_left(double? futility, VerdictStatus expected)
    {
        var scene = Plain().Metrics(metrics => metrics with { MdePct = 20 });
        scene.Design = scene.Design with { Policy = new Policy(futility, null) };
        var verdict = Fill(scene, [2000, 2010]).Read().Verdict;
        Assert.Equal(expected, verdict.Status);
        if (expected != VerdictStatus.NoWorthwhileEffect) return;
        var reason = Assert.IsType<ThresholdParameters>(verdict.Reasons[0].Parameters);
        Assert.Equal((ReasonCodes.BelowWorthwhileEffect, futility ?? 20), (verdict.Reasons[0].Code, reason.ThresholdPct));
        Assert.Equal(100 * verdict.Evidence.Treatments[0].Primaries[0].CiRelativeUpper!.Value, reason.BoundPct!.Value, 1e-12);
    }

    [Fact]
    public void One_treatment_that_may_still_find_something_keeps_nothing_worthwhile_from_being_said()
    {
        var scene = Plain(3).Metrics(metrics => metrics with { MdePct = 20 });
        var readout = Fill(scene, [2000, 1990, 2190], units: Units - 1).Read();
        Assert.Equal([VerdictStatus.NoWorthwhileEffect, VerdictStatus.KeepRunning], readout.Verdict.Evidence.Treatments.Select(treatment => treatment.Outcome));
        Assert.Equal(VerdictStatus.KeepRunning, readout.Verdict.Status);
    }

    [Fact]
    public void A_complete_plan_that_shows_nothing_is_inconclusive_and_an_incomplete_one_keeps_running()
    {
        var complete = Fill(Plain(), [2000, 2100]).Read().Verdict;
        Assert.Equal(VerdictStatus.Inconclusive, complete.Status);
        Assert.Equal([ReasonCodes.Undecided, ReasonCodes.PlanComplete], Codes(complete));
        var running = Fill(Plain(), [2000, 2100], units: Units - 1).Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, running.Status);
        Assert.Equal([ReasonCodes.Undecided, ReasonCodes.PlanIncomplete], Codes(running));
    }

    [Fact]
    public void A_problem_of_the_data_recommends_nothing_and_shows_harm_all_the_same()
    {
        var scene = Guarded().Proportion(0, 2000, Units).Proportion(1, 2700, Units + 3000).Proportion(0, 4000, Units, "refund").Proportion(1, 6000, Units + 3000, "refund");
        var readout = scene.Read();
        Assert.Equal(SampleRatioStatus.Alarm, readout.Srm.Status);
        Assert.Equal(VerdictStatus.Investigate, readout.Verdict.Status);
        Assert.Null(readout.Verdict.RecommendedIndex);
        Assert.Equal([HealthCode.SampleRatio], Assert.IsType<HealthParameters>(readout.Verdict.Reasons[0].Parameters).Codes);
        Assert.Equal([ReasonCodes.HealthProblem, ReasonCodes.GuardrailHarm], Codes(readout.Verdict)[..2]);
        Assert.All(readout.Verdict.Ranking, treatment => Assert.Equal(VerdictStatus.Investigate, treatment.Outcome));
    }

    [Fact]
    public void Harm_of_one_treatment_does_not_stop_the_others()
    {
        var running = Fill(Guarded(3), [2000, 2050, 2060], [4000, 4900, 4000], Units - 1).Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, running.Status);
        Assert.Equal([VerdictStatus.StopHarm, VerdictStatus.KeepRunning], running.Evidence.Treatments.Select(treatment => treatment.Outcome));
        Assert.Equal([2, 1], running.Ranking.Select(treatment => treatment.VariationIndex));
        Assert.EndsWith("v1 does harm: stop it.", running.Sentence, StringComparison.Ordinal);
        var shipped = Fill(Guarded(3), [2000, 2050, 2400], [4000, 4900, 4000]).Read().Verdict;
        Assert.Equal((VerdictStatus.Ship, "v2"), (shipped.Status, shipped.RecommendedVariation));
    }

    [Fact]
    public void Of_several_that_may_be_shipped_the_larger_shrunk_gain_leads_and_a_tie_is_stated()
    {
        var tied = Fill(Plain(3), [2000, 2400, 2410]).Read().Verdict;
        Assert.Equal((VerdictStatus.Ship, "v2"), (tied.Status, tied.RecommendedVariation));
        Assert.Equal([1, 2], tied.Ranking.Select(treatment => treatment.Rank));
        Assert.Equal([1], tied.Ranking[0].TiedWith);
        Assert.Equal(["v2", "v1"], Assert.IsType<TieParameters>(Assert.Single(tied.Reasons, reason => reason.Code is ReasonCodes.Tied).Parameters).Variations);
        var apart = Fill(Plain(3), [2000, 2350, 3400]).Read().Verdict;
        Assert.Equal("v2", apart.RecommendedVariation);
        Assert.Empty(apart.Ranking[0].TiedWith);
        Assert.DoesNotContain(ReasonCodes.Tied, Codes(apart));
    }

    [Fact]
    public void A_shrunk_gain_is_drawn_towards_zero_by_a_prior_as_wide_as_the_mde()
    {
        var readout = Fill(Plain(), [2000, 2300]).Read();
        var decision = readout.Comparisons[0].Decision;
        var (error, prior) = (decision.StandardError!.Value / 0.1, 0.05);
        Assert.Equal(0.15 * prior * prior / ((prior * prior) + (error * error)), readout.Verdict.Ranking[0].ShrunkGain!.Value, 1e-12);
    }

    [Fact]
    public void Without_data_it_keeps_running_and_knows_no_date()
    {
        var verdict = Guarded().Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, verdict.Status);
        Assert.Null(verdict.ExpectedAnswerAt);
        Assert.Equal([ReasonCodes.GuardrailUnknown, ReasonCodes.InsufficientData, ReasonCodes.PlanIncomplete], Codes(verdict));
        Assert.Equal(1, Assert.Single(verdict.Ranking).Rank);
    }

    [Fact]
    public void Too_few_conversions_say_so()
    {
        var verdict = new Scene { Plan = Scene.PlanOf(4000, 4000) }.Proportion(0, 99, 2000).Proportion(1, 300, 2000).Read().Verdict;
        Assert.Equal((VerdictStatus.KeepRunning, ReasonCodes.TooEarly), (verdict.Status, verdict.Reasons[0].Code));

        // 99 of 2,000 are 100 of 2,020.2.
        Assert.Equal("v1 has too few units on purchase for its test to be trustworthy yet: 2,000, and with values as uneven as these it needs about 2,100 in each arm.", verdict.Reasons[0].Sentence);
        Assert.Equal("v1 has too few conversions or units on purchase for its test to be trustworthy yet.", new Scene().Proportion(0, 0, 200).Proportion(1, 3, 200).Read().Verdict.Reasons[0].Sentence);
    }

    [Fact]
    public void Arms_without_traffic_are_not_judged()
    {
        var scene = Plain(3);
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [1, 1, 0] } };
        scene.Plan = Scene.PlanOf(Units, Units, 0);
        Assert.Equal([1], Fill(scene, [2000, 2300]).Read().Verdict.Ranking.Select(treatment => treatment.VariationIndex));
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [0, 1, 1] } };
        scene.Plan = Scene.PlanOf(0, Units, Units);
        var nothing = scene.Read().Verdict;
        Assert.Empty(nothing.Ranking);
        Assert.Contains(ReasonCodes.NothingToCompare, Codes(nothing));
    }
}
