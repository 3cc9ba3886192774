using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class SurvivalLaws
{
    private static readonly Gen<TimeToEvent[]> Arm = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 3]).Select((time, status) => new TimeToEvent(time, status > 0)).Array[2, 30];
    private static readonly Gen<TimeToEvent[]> Untied = Gen.Select(Gen.Double[0, 20], Gen.Int[0, 3]).Select((time, status) => new TimeToEvent(time, status > 0)).Array[2, 30];
    private static readonly Gen<double[]> Times = Gen.Int[0, 20].Select(time => (double)time).Array[2, 40];

    [Fact]
    public void Without_censoring_the_curve_is_one_less_the_empirical_distribution() =>
        Times.Sample(times =>
        {
            var curve = KaplanMeier.Of([.. times.Select(time => new TimeToEvent(time, true))]).Value;
            return curve.Steps.All(step =>
            {
                var share = times.Count(time => time > step.Time) / (double)times.Length;
                return Near(step.Survival, share) && (share == 0 || Near(step.StandardError.Value, Math.Sqrt(share * (1 - share) / times.Length)));
            });
        });

    [Fact]
    public void Without_censoring_the_restricted_mean_is_the_mean_of_capped_times() =>
        Gen.Select(Times, Gen.Double[0, 25]).Sample((times, until) =>
        {
            var mean = KaplanMeier.Of([.. times.Select(time => new TimeToEvent(time, true))]).Value.RestrictedMean(until);
            var moments = Moments.Of([.. times.Select(time => Math.Min(time, until))]);
            return Near(mean.Value, moments.Mean) && Near(mean.Variance, moments.SquaredDeviations / moments.Count / moments.Count);
        });

    [Fact]
    public void An_increasing_transform_of_time_changes_no_test_of_rates() =>
        Gen.Select(Arm, Arm).Sample((control, treatment) =>
        {
            TimeToEvent[] c = [.. control.Select(Later)], t = [.. treatment.Select(Later)];
            return LogRank.Of(control, treatment) == LogRank.Of(c, t) && CoxRegression.Of(control, treatment) == CoxRegression.Of(c, t);

            static TimeToEvent Later(TimeToEvent unit) => unit with { Time = (unit.Time * unit.Time) + 3 };
        });

    [Fact]
    public void Swapping_the_arms_flips_the_sign_and_keeps_the_p_value() =>
        Gen.Select(Arm, Arm).Sample((control, treatment) =>
        {
            LogRank one = LogRank.Of(control, treatment).Value, other = LogRank.Of(treatment, control).Value;
            if (!one.Z.TryGet(out var z)) return !other.Z.IsDetermined;
            CoxRegression fit = CoxRegression.Of(control, treatment).Value, swapped = CoxRegression.Of(treatment, control).Value;
            return Near(z, -other.Z.Value) && Near(one.PValue.Value, other.PValue.Value) && Near(fit.Score, swapped.Score) && Near(fit.LikelihoodRatio, swapped.LikelihoodRatio)
                && (fit.LogHazardRatio.TryGet(out var ratio) ? Near(ratio.Value, -swapped.LogHazardRatio.Value.Value) && Near(ratio.Variance, swapped.LogHazardRatio.Value.Variance) : !swapped.LogHazardRatio.IsDetermined);
        });

    [Fact]
    public void Without_ties_the_score_test_is_the_log_rank_test_and_both_treatments_of_ties_agree() =>
        Gen.Select(Untied, Untied).Sample((control, treatment) =>
        {
            if (control.Concat(treatment).DistinctBy(unit => unit.Time).Count() < control.Length + treatment.Length) return true;
            if (!CoxRegression.Of(control, treatment).TryGet(out var efron)) return true;
            return Near(efron.Score, LogRank.Of(control, treatment).Value.ChiSquare.Value) && efron == CoxRegression.Of(control, treatment, TiedEvents.Breslow).Value;
        });

    [Fact]
    public void The_interval_holds_the_curve_and_lies_inside_zero_and_one() =>
        Arm.Sample(units => KaplanMeier.Of(units).Value.Steps.All(step => !step.IntervalAt(0.05).TryGet(out var interval) || (interval.Lower > 0 && interval.Lower < step.Survival && interval.Upper > step.Survival && interval.Upper < 1)));

    [Fact]
    public void Units_censored_before_the_first_event_change_no_curve() =>
        Arm.Sample(units =>
        {
            TimeToEvent[] later = [.. units.Select(unit => unit with { Time = unit.Time + 2 })];
            return KaplanMeier.Of(later).Value.Steps.SequenceEqual(KaplanMeier.Of([.. later, new TimeToEvent(1, false)]).Value.Steps);
        });

    [Fact]
    public void Half_left_makes_the_median_the_middle_of_the_stretch()
    {
        Assert.Equal(2.5, KaplanMeier.Of([new(1, true), new(2, true), new(3, true), new(4, true)]).Value.Median.Value);
        Assert.Equal(2, KaplanMeier.Of([new(1, true), new(2, true), new(3, false), new(4, false)]).Value.Median.Value);
        Assert.Equal(Reason.NoSolution, KaplanMeier.Of([new(1, true), new(2, false), new(3, false)]).Value.Median.Reason);
    }

    [Fact]
    public void An_arm_that_always_had_the_events_has_a_test_and_no_ratio()
    {
        var fit = CoxRegression.Of([new(1, true), new(2, true)], [new(3, true), new(4, false)]).Value;
        Assert.Equal(Reason.NoSolution, fit.LogHazardRatio.Reason);
        Assert.Equal(2 * Math.Log(6), fit.LikelihoodRatio, 1e-12);
        Assert.True(fit.Score > 0);
    }

    [Fact]
    public void Events_that_no_one_of_the_other_arm_was_there_for_decide_nothing()
    {
        Assert.Equal(Reason.NoVariance, LogRank.Of([new(5, true)], [new(1, false)]).Value.Z.Reason);
        Assert.Equal(Reason.NoVariance, CoxRegression.Of([new(5, true)], [new(1, false)]).Reason);
    }

    [Fact]
    public void An_empty_arm_has_no_units()
    {
        Assert.Equal(Reason.NoUnits, KaplanMeier.Of([]).Reason);
        Assert.Equal(Reason.NoUnits, LogRank.Of([], [new(1, true)]).Reason);
        Assert.Equal(Reason.NoUnits, CoxRegression.Of([new(1, true)], []).Reason);
    }

    [Fact]
    public void Times_before_the_exposure_and_levels_outside_zero_and_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("units", () => KaplanMeier.Of([new(-1, true)]));
        Assert.Throws<ArgumentOutOfRangeException>("control", () => LogRank.Of([new(-1, true)], [new(1, true)]));
        Assert.Throws<ArgumentOutOfRangeException>("treatment", () => CoxRegression.Of([new(1, true)], [new(double.NaN, true)]));
        Assert.Throws<ArgumentOutOfRangeException>("until", () => KaplanMeier.Of([new(1, true)]).Value.RestrictedMean(-1));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => KaplanMeier.Of([new(1, true), new(2, true)]).Value.Steps[0].IntervalAt(0));
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * (1 + Math.Abs(left));
}
