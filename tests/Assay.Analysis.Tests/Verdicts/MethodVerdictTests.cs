using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class MethodVerdictTests
{
    private const long Units = 20_000;

    private static Scene Of(AnalysisMethod method) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }),
        Plan = Scene.PlanOf(Units, Units),
    }.Method(method).Metrics(metrics => metrics with { Guardrails = [Scene.Metric("refund", MetricType.Binary, Direction.Decrease) with { NonInferiorityMarginPct = 10 }] });

    private static Scene Safe(Scene scene, long units = Units) => scene.Proportion(0, units / 5, units, "refund").Proportion(1, units / 5, units, "refund");

    private static string[] Codes(VerdictReadout verdict) => [.. verdict.Reasons.Select(reason => reason.Code)];

    [Fact]
    public void A_fixed_test_is_locked_before_its_size_and_decides_there()
    {
        var locked = Safe(Of(AnalysisMethod.FixedHorizon).Proportion(0, 2000, Units - 1).Proportion(1, 2600, Units - 1)).Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, locked.Status);
        Assert.Contains(ReasonCodes.Locked, Codes(locked));
        Assert.Null(locked.Ranking[0].ShrunkGain);
        Assert.Equal(VerdictStatus.Ship, Safe(Of(AnalysisMethod.FixedHorizon).Proportion(0, 2000, Units).Proportion(1, 2200, Units)).Read().Verdict.Status);
        Assert.Equal(VerdictStatus.Inconclusive, Safe(Of(AnalysisMethod.FixedHorizon).Proportion(0, 2000, Units).Proportion(1, 2050, Units)).Read().Verdict.Status);
    }

    [Fact]
    public void A_guardrail_stops_a_locked_test()
    {
        var scene = Of(AnalysisMethod.FixedHorizon).Proportion(0, 1000, 10_000).Proportion(1, 1000, 10_000).Proportion(0, 2000, 10_000, "refund").Proportion(1, 2900, 10_000, "refund");
        Assert.Equal(VerdictStatus.StopHarm, scene.Read().Verdict.Status);
    }

    [Fact]
    public void A_posterior_ships_nothing_and_says_why()
    {
        var scene = Safe(Of(AnalysisMethod.Bayesian).Proportion(0, 2000, Units).Proportion(1, 3000, Units));
        var verdict = scene.Read().Verdict;
        Assert.Equal((VerdictStatus.Inconclusive, ReasonCodes.ReferenceOnly), (verdict.Status, verdict.Reasons.Single(reason => reason.Parameters is MethodParameters).Code));
        Assert.Null(verdict.RecommendedIndex);
        Assert.Null(verdict.Ranking[0].ShrunkGain);
        var early = Safe(Of(AnalysisMethod.Bayesian).Proportion(0, 200, 2000).Proportion(1, 400, 2000), 2000).Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, early.Status);
    }

    [Theory]
    [InlineData(3.5, 1, VerdictStatus.Ship)]
    [InlineData(1.0, 1, VerdictStatus.KeepRunning)]
    [InlineData(-3.5, 1, VerdictStatus.StopHarm)]
    [InlineData(1.0, 2, VerdictStatus.Inconclusive)]
    public void Recorded_looks_decide_a_group_sequential_design(double z, int look, VerdictStatus expected)
    {
        var scene = Safe(Of(AnalysisMethod.GroupSequential).Proportion(0, 2000, Units).Proportion(1, 2050, Units));
        scene.Design = scene.Design with { Constraints = scene.Design.Constraints with { NLooks = 2 } };
        double[] bounds = [2.963, 1.969];
        scene.Looks =
        [
            .. Enumerable.Range(1, look).Select(number => new LookReadout
            {
                Metric = "purchase", TreatmentIndex = 1, Look = number, TakenAt = Scene.Now, Watermark = 7, InformationFraction = number / 2.0, Z = z, BoundaryZ = bounds[number - 1], Crossed = Math.Abs(z) >= bounds[number - 1],
                Control = new LookArm(Units, 0.1, 0.0021), Treatment = new LookArm(Units, 0.1 + (z * 0.003), 0.0021),
            }),
        ];
        Assert.Equal(expected, scene.Read().Verdict.Status);
    }

    [Fact]
    public void Without_a_look_a_group_sequential_design_is_locked()
    {
        var scene = Safe(Of(AnalysisMethod.GroupSequential).Proportion(0, 2000, Units).Proportion(1, 3000, Units));
        scene.Design = scene.Design with { Constraints = scene.Design.Constraints with { NLooks = 2 } };
        var verdict = scene.Read().Verdict;
        Assert.Equal(VerdictStatus.KeepRunning, verdict.Status);
        Assert.Contains(ReasonCodes.Locked, Codes(verdict));
    }

    [Fact]
    public void A_data_file_is_complete()
    {
        var scene = new Scene { Final = true, Plan = null }.Proportion(0, 2000, Units).Proportion(1, 2050, Units);
        var verdict = scene.Read().Verdict;
        Assert.Equal(VerdictStatus.Inconclusive, verdict.Status);
        Assert.Contains(ReasonCodes.FinalData, Codes(verdict));
        Assert.Equal(0.025, verdict.Ranking[0].ShrunkGain!.Value, 1e-12);
        Assert.Null(verdict.Evidence.FutilityEffectPct);
        Assert.Empty(scene.Read().Also);
        Assert.Equal(VerdictStatus.Ship, new Scene { Final = true, Plan = null }.Proportion(0, 2000, Units).Proportion(1, 2250, Units).Read().Verdict.Status);
    }

    [Fact]
    public void A_stopped_experiment_waits_for_its_windows_and_then_for_nothing()
    {
        var scene = Safe(Of(AnalysisMethod.AlwaysValid).Proportion(0, 1000, 10_000).Proportion(1, 1050, 10_000), 10_000);
        var closed = scene.Read("stopped").Verdict;
        Assert.Equal(VerdictStatus.Inconclusive, closed.Status);
        Assert.Contains(ReasonCodes.Stopped, Codes(closed));
        var open = scene.Proportion(1, 10, 100, maturesAt: Scene.Open).Read("stopped").Verdict;
        Assert.Equal((VerdictStatus.KeepRunning, Scene.Now.AddHours(1)), (open.Status, open.ExpectedAnswerAt!.Value));
        Assert.Equal("Wait: it is stopped, and what it found is final when its last window has closed, 10 Mar 2026 13:00 UTC.", open.Sentence);
        Assert.Null(open.Reasons.Select(reason => reason.Parameters).OfType<ProgressParameters>().Single().UnitsPerDay);
    }

    [Fact]
    public void A_draft_says_that_it_was_not_started()
    {
        var verdict = Of(AnalysisMethod.AlwaysValid).Read("draft").Verdict;
        Assert.Equal("Not started yet.", verdict.Sentence);
        Assert.Equal(ReasonCodes.NotStarted, verdict.Reasons[0].Code);
    }
}
