using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Readouts;

/// <summary>A fixed-horizon decision is read once: on the units by which both arms had their planned sizes.</summary>
public sealed class PlannedSizeTests
{
    private const int Size = 1000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static Scene Planned() => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }),
        Plan = Scene.PlanOf(Size, Size),
    }.Method(AnalysisMethod.FixedHorizon);

    private static long Hour(double hours) => (long)(Start.AddHours(hours) - DateTimeOffset.UnixEpoch).TotalMicroseconds;

    private static ComparisonReadout At(Scene scene, double hours)
    {
        scene.AsOf = Start.AddHours(hours);
        return scene.Read().Comparisons[0];
    }

    [Fact]
    public void Units_beyond_the_planned_size_do_not_move_the_decision()
    {
        var scene = Planned();
        (int Control, int Treatment)[] days = [(100, 110), (60, 160), (50, 200)];
        for (var day = 0; day < days.Length; day++)
            scene.Proportion(0, days[day].Control, Size, maturesAt: Hour(24 * (day + 1))).Proportion(1, days[day].Treatment, Size, maturesAt: Hour(24 * (day + 1)));
        Assert.Equal(InferenceStatus.Locked, At(scene, 23).Decision.Status);
        var once = At(scene, 24);
        Assert.Equal(InferenceStatus.Ok, once.Decision.Status);
        Assert.False(once.Decision.IsSignificant);
        Assert.NotNull(once.Decision.CiRelativeLower);
        Assert.Equal(once.Decision, At(scene, 48).Decision);
        var late = At(scene, 72);
        Assert.Equal(once.Decision, late.Decision);
        Assert.True(late.Analysis.IsSignificant);
        Assert.Equal(3 * Size, late.Completed.Control.ExposedUsers);
    }

    [Fact]
    public void Each_comparison_has_its_own_cut_and_the_family_is_corrected_over_what_was_read_at_it()
    {
        var scene = Planned();
        scene.Design = Scene.DesignOf(scene.Design.Metrics.Primary, arms: 3) with { Constraints = scene.Design.Constraints };
        scene.Plan = Scene.PlanOf(Size, Size, Size);
        scene.Proportion(0, 100, Size, maturesAt: Hour(24)).Proportion(1, 130, Size, maturesAt: Hour(24)).Proportion(2, 50, Size / 2, maturesAt: Hour(24));
        var early = At(scene, 24);
        scene.Proportion(0, 150, Size, maturesAt: Hour(48)).Proportion(1, 150, Size, maturesAt: Hour(48)).Proportion(2, 80, Size / 2, maturesAt: Hour(48));
        var readout = At(scene, 48);
        Assert.Equal(early.Decision.PValue, readout.Decision.PValue);
        var other = scene.Read().Comparisons[1];
        Assert.Equal(new Scene { Final = true, Plan = null }.Proportion(0, 250, 2 * Size).Proportion(1, 130, Size).Read().Comparisons[0].Analysis.PValue, other.Decision.PValue);
    }

    [Fact]
    public void Merging_hours_into_days_does_not_change_what_was_decided()
    {
        var (hours, days) = (Planned(), Planned());
        foreach (var (hour, control, treatment) in ((int, int, int)[])[(5, 40, 60), (10, 60, 70), (15, 50, 90), (30, 60, 200)])
        {
            hours.Proportion(0, control, Size / 2, maturesAt: Hour(hour)).Proportion(1, treatment, Size / 2, maturesAt: Hour(hour));
            var midnight = Maturity.Bucket(Hour(hour), long.MaxValue);
            days.Proportion(0, control, Size / 2, maturesAt: midnight).Proportion(1, treatment, Size / 2, maturesAt: midnight);
        }

        // While the day lasts, the hour of the planned size stands; its closing midnight replaces it for good.
        var within = At(hours, 10).Decision;
        Assert.Equal(within, At(hours, 23).Decision);
        var closed = At(hours, 24).Decision;
        Assert.NotEqual(within, closed);
        Assert.Equal(closed, At(hours, 100).Decision);
        Assert.Equal(closed, At(days, 24).Decision);
        Assert.Equal(closed, At(days, 100).Decision);
    }

    [Fact]
    public void The_first_maturity_is_told_by_the_hour_while_its_day_lasts_and_is_not_moved_by_merging()
    {
        var (hours, day) = (Planned().Proportion(0, 1, 9, maturesAt: Hour(5)), Planned().Proportion(0, 1, 9, maturesAt: Hour(24)));
        foreach (var (at, expected) in ((double, double)[])[(1, 5), (6, 5), (23.9, 5), (24, 24), (100, 24)])
        {
            hours.AsOf = Start.AddHours(at);
            Assert.Equal(Start.AddHours(expected), hours.Read().FirstMaturityAt);
        }

        day.AsOf = Start.AddHours(100);
        Assert.Equal(Start.AddHours(24), day.Read().FirstMaturityAt);
    }

    [Fact]
    public void Read_daily_to_three_times_the_planned_size_it_is_wrong_no_more_often_than_alpha()
    {
        const int Runs = 400;
        const int Days = 12;
        const int Daily = 3 * Size / Days;
        var random = new Random(20_260_301);
        var wrong = 0;
        for (var run = 0; run < Runs; run++)
        {
            var scene = Planned();
            var any = false;
            for (var day = 1; day <= Days && !any; day++)
            {
                for (var arm = 0; arm < 2; arm++)
                    scene.Proportion(arm, Enumerable.Range(0, Daily).Count(_ => random.NextDouble() < 0.1), Daily, maturesAt: Hour(24 * day));
                any = At(scene, 24 * day).Decision.IsSignificant;
            }

            if (any) wrong++;
        }

        Assert.True(UpperTail(wrong, Runs, 0.05) > 1e-6, $"{wrong} of {Runs} A/A experiments were called.");
        Assert.InRange(wrong, 1, Runs);
    }

    /// <summary>P(X ≥ k) for X binomial.</summary>
    private static double UpperTail(int k, int n, double p)
    {
        var (log, tail) = (n * Math.Log(1 - p), 0.0);
        for (var i = 0; i <= n; i++)
        {
            if (i >= k) tail += Math.Exp(log);
            if (i < n) log += Math.Log((double)(n - i) / (i + 1)) + Math.Log(p / (1 - p));
        }

        return tail;
    }
}
