using Assay.Analysis.Designs;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class ForecastTests
{
    private const double Hour = 3_600_000_000;

    /// <summary>When units that were exposed so many hours before now with a window of 72 h are kept to mature.</summary>
    private static long Exposed(double hoursAgo) => (long)((DateTimeOffset.UnixEpoch + (Scene.Now - DateTimeOffset.UnixEpoch) - TimeSpan.FromHours(hoursAgo) - DateTimeOffset.UnixEpoch).TotalMicroseconds + (73 * Hour));

    /// <summary>So many units a day in each of two arms, a tenth of them converted, over so many days up to now.</summary>
    private static Scene Steady(long daily, int days, AnalysisMethod method = AnalysisMethod.AlwaysValid, long planned = 20_000, double rate = 0.1)
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }), Plan = Scene.PlanOf(planned, planned) }.Method(method);
        for (var hour = 1; hour <= days * 24; hour++)
            for (var arm = 0; arm < 2; arm++) scene.Proportion(arm, (long)Math.Round(daily * rate / 24), daily / 24, maturesAt: Exposed(hour));
        return scene;
    }

    [Theory]
    [InlineData(6)]
    [InlineData(14)]
    public void The_answer_is_expected_when_the_plan_completes_at_the_observed_traffic(int days)
    {
        // 1,200 a day an arm: 20,000 are exposed 16.67 days after the start, and the last window closes 73 hours later.
        var verdict = Steady(1200, days).Read().Verdict;
        var start = Scene.Now.AddDays(-days);
        Assert.Equal(VerdictStatus.KeepRunning, verdict.Status);
        Assert.InRange((verdict.ExpectedAnswerAt!.Value - start.AddDays(20_000 / 1200.0).AddHours(73)).TotalHours, -24, 24);
        var progress = (ProgressParameters)verdict.Reasons[^1].Parameters;
        Assert.InRange(progress.UnitsPerDay!.Value, 2200, 2600);
        Assert.EndsWith($"by {verdict.ExpectedAnswerAt.Value.UtcDateTime:d MMM yyyy}.", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void With_every_unit_exposed_it_is_when_the_last_window_that_is_needed_closes()
    {
        var scene = Steady(12_000, 2);
        // 500 an hour: the 20,000th came 40 hours after the start, 8 hours ago.
        Assert.Equal(Scene.Now.AddHours(-9).AddHours(73), scene.Read().Verdict.ExpectedAnswerAt!.Value.AddHours(-0), TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_baseline_above_the_plan_s_brings_the_answer_of_an_any_look_test_forward()
    {
        var planned = Steady(1200, 8).Read().Verdict.ExpectedAnswerAt!.Value;
        var higher = Steady(1200, 8, rate: 0.16).Read().Verdict.ExpectedAnswerAt!.Value;
        var locked = Steady(1200, 8, AnalysisMethod.FixedHorizon, rate: 0.16).Read().Verdict.ExpectedAnswerAt!.Value;
        // (1 − p)/p falls from 9 to 5.25: 11,667 units instead of 20,000.
        Assert.InRange((planned - higher).TotalDays, 6.0, 8.0);
        Assert.Equal(planned, locked, TimeSpan.FromHours(1));
    }

    [Fact]
    public void Half_the_traffic_an_arm_waits_for_the_slower_arm()
    {
        var scene = Steady(1200, 8);
        var even = scene.Read().Verdict.ExpectedAnswerAt!.Value;
        scene.Plan = Scene.PlanOf(20_000, 40_000);
        Assert.True(scene.Read().Verdict.ExpectedAnswerAt!.Value > even.AddDays(10));
    }

    [Fact]
    public void The_clock_alone_moves_no_date()
    {
        var scene = Steady(1200, 8);
        scene.LastEventAt = Exposed(1) - (long)(73 * Hour);
        var now = scene.Read().Verdict.ExpectedAnswerAt;
        scene.AsOf = Scene.Now.AddMinutes(20);
        Assert.Equal(now, scene.Read().Verdict.ExpectedAnswerAt);
    }

    /// <summary>Counted from the last unit, the plan would have been complete days ago: it is not, and nobody comes.</summary>
    [Fact]
    public void A_date_that_has_passed_is_not_told()
    {
        var scene = Steady(1200, 8);
        scene.LastEventAt = Exposed(1) - (long)(73 * Hour);
        var expected = scene.Read().Verdict.ExpectedAnswerAt!.Value;
        scene.AsOf = expected.AddDays(1);
        var verdict = scene.Read().Verdict;
        Assert.Equal((VerdictStatus.KeepRunning, null), (verdict.Status, verdict.ExpectedAnswerAt));
        Assert.Contains("no date can be told", verdict.Sentence, StringComparison.Ordinal);
    }

    /// <summary>One unit in the first hour is no pace of 24 a day, by which an answer would come in a lifetime.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void The_first_units_of_the_first_day_tell_no_pace(long each, bool isTold)
    {
        var scene = new Scene { Plan = Scene.PlanOf(20_000, 20_000) };
        scene.Proportion(0, 0, each, maturesAt: Exposed(1)).Proportion(1, 0, each, maturesAt: Exposed(1));
        var verdict = scene.Read().Verdict;
        Assert.Equal(isTold, ((ProgressParameters)verdict.Reasons[^1].Parameters).UnitsPerDay is not null);
        Assert.Equal(isTold, verdict.ExpectedAnswerAt is not null);
    }

    [Fact]
    public void The_first_units_of_the_first_day_are_taken_for_the_planned_traffic()
    {
        var scene = new Scene { Plan = Scene.PlanOf(20_000, 20_000) };
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { ExpectedDailyTraffic = 4_000 } };
        scene.Proportion(0, 0, 1, maturesAt: Exposed(1));
        Assert.InRange((scene.Read().Verdict.ExpectedAnswerAt!.Value - Scene.Now).TotalDays, 12, 14);
    }
}
