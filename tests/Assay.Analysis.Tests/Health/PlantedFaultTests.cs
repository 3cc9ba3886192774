using Assay.Analysis.Health;

namespace Assay.Analysis.Tests.Health;

/// <summary>Every fault that a check is for is planted in a world where all else is well: it is named, and no other check finds a problem.</summary>
public sealed class PlantedFaultTests
{
    private const string NoBaseline =
        """
        { "key": "sound", "setup": { "variations": [ { "key": "control" }, { "key": "treatment" } ] }, "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.2, "mde_pct": 10, "attribution_window_hours": 48,
            "secondary": [ { "name": "refund", "metric_type": "binary" } ] } }
        """;

    [Fact]
    public void Where_all_is_well_nothing_is_found()
    {
        var health = new World().After20Days();

        Assert.Equal(HealthStatus.Ok, health.Status);
        Assert.Equal(Enum.GetValues<HealthCode>(), health.Checks.Select(check => check.Code));
        Assert.All(health.Checks, check => Assert.Equal((check.Code, HealthCheckStatus.Ok, null), (check.Code, check.Status, check.Action)));
        Assert.All(health.Checks, check => Assert.NotNull(check.Evidence));
    }

    [Fact]
    public void Before_the_first_unit_nothing_is_found_either()
    {
        var health = new World().ReadOn(0);

        Assert.Equal(HealthStatus.Ok, health.Status);
        Assert.DoesNotContain(health.Checks, check => check.Status > HealthCheckStatus.Ok);
        Assert.Contains(health.Checks, check => check is { Code: HealthCode.SampleRatio, Status: HealthCheckStatus.Unknown });
    }

    [Fact]
    public void Exposures_that_one_arm_does_not_send_are_missing_from_receipt_on()
    {
        var found = Problem(HealthCode.SampleRatio, new World { Sent = (_, arm, _) => arm == 1 ? 0.85 : 1 });
        Assert.Equal(HealthStage.Received, Assert.IsType<SampleRatioEvidence>(found.Evidence).StartsAt);
    }

    [Fact]
    public void Exposures_that_are_refused_in_one_arm_are_missing_from_exposure_on()
    {
        var world = new World { Refused = arm => arm == 1 ? 0.15 : 0.001 };
        var found = Named(HealthCode.SampleRatio, world.After20Days());

        Assert.Equal((HealthCheckStatus.Problem, HealthStage.Exposed), (found.Status, Assert.IsType<SampleRatioEvidence>(found.Evidence).StartsAt));
        Assert.Equal(HealthCheckStatus.Problem, Named(HealthCode.RefusedExposures, world.After20Days()).Status);
    }

    [Fact]
    public void A_single_day_on_which_an_arm_was_missing_is_named()
    {
        // 23 units of one day, spread over the rest, would be no alarm of the whole.
        var found = Problem(HealthCode.SampleRatio, new World { Sent = (day, arm, _) => day == 7 && arm == 1 ? 0.4 : 1 });
        var evidence = Assert.IsType<SampleRatioEvidence>(found.Evidence);

        Assert.True(evidence.Stages[1].SequentialPValue > HealthRules.ProblemLevel);
        Assert.Equal((new DateOnly(2026, 3, 8), null), (evidence.Slices[0].Day, evidence.Slices[0].Attribute));
        Assert.Contains("2026-03-08", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_segment_in_which_an_arm_was_missing_is_named()
    {
        var found = Problem(HealthCode.SampleRatio, new World { Sent = (_, arm, country) => country == "FR" && arm == 1 ? 0.6 : 1 });
        var evidence = Assert.IsType<SampleRatioEvidence>(found.Evidence);

        Assert.True(evidence.Stages[1].SequentialPValue > HealthRules.ProblemLevel);
        Assert.Equal(("country", "FR"), (evidence.Slices[0].Attribute, evidence.Slices[0].Value));
    }

    [Fact]
    public void Units_in_an_arm_of_weight_0_are_a_problem_of_their_own()
    {
        var found = Problem(HealthCode.SampleRatio, new World
        {
            Design = NoBaseline.Replace("\"variations\": [", "\"traffic_split\": [1, 1, 0], \"variations\": [ { \"key\": \"first\" },", StringComparison.Ordinal),
            Plan = null,
            Assign = draws => draws.Chance(0.001) ? 2 : draws.Below(2),
        });
        Assert.Contains("should get none", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_that_cross_over_from_one_arm_only_are_a_problem_however_few()
    {
        var found = Problem(HealthCode.Crossovers, new World { Crosses = arm => arm == 1 ? 0.008 : 0.0005 });
        Assert.Contains("not in every arm alike", found.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.03, HealthCheckStatus.Watch)]
    [InlineData(0.15, HealthCheckStatus.Problem)]
    public void Units_that_cross_over_from_both_arms_are_told_by_their_share(double share, HealthCheckStatus status) =>
        Only(status, HealthCode.Crossovers, new World { Crosses = _ => share });

    [Fact]
    public void Exposures_of_one_arm_that_are_refused_day_after_day_are_a_problem() =>
        Only(HealthCheckStatus.Problem, HealthCode.RefusedExposures, new World { UnitsPerDay = 1_500, Refused = arm => arm == 1 ? 0.035 : 0.005, Plan = null, Design = NoBaseline });

    [Fact]
    public void Exposures_of_both_arms_that_are_refused_are_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.RefusedExposures, new World { Refused = _ => 0.04 });

    [Fact]
    public void An_arm_that_repeats_its_exposures_is_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.DuplicateExposures, new World { Repeats = arm => arm == 1 ? 0.75 : 0.5 });

    [Fact]
    public void An_arm_that_tells_its_exposure_late_has_more_events_before_it() => Problem(HealthCode.EarlyEvents, new World { Early = arm => arm == 1 ? 0.5 : 0.2 });

    [Fact]
    public void Events_under_another_id_than_their_exposure_belong_to_nobody()
    {
        var health = new World { IsSplit = true, Unexposed = 0 }.After20Days();

        Assert.Equal(HealthCheckStatus.Problem, Named(HealthCode.UnexposedEvents, health).Status);
        Assert.Equal(HealthCheckStatus.Problem, Named(HealthCode.SilentMetrics, health).Status);
    }

    [Fact]
    public void More_events_of_strangers_than_the_allocation_explains_are_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.UnexposedEvents, new World { Unexposed = 1_500 });

    [Fact]
    public void Most_events_after_the_window_are_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.AfterWindowEvents, new World { After = _ => 0.6 });

    [Fact]
    public void One_arm_with_far_more_events_after_the_window_is_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.AfterWindowEvents, new World { After = arm => arm == 1 ? 0.25 : 0.1 });

    [Fact]
    public void Events_that_arrive_after_maturity_are_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.LateArrivals, new World { Late = 0.03 });

    [Fact]
    public void Units_that_change_their_arm_are_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.RearmedUnits, new World { Rearmed = 400 });

    [Fact]
    public void A_metric_without_an_event_is_a_problem_where_the_plan_expects_some()
    {
        var found = Problem(HealthCode.SilentMetrics, new World
        {
            Converts = (_, name) => name == "purchase" ? 0.2 : 0,
            Design = NoBaseline.Replace("\"name\": \"refund\",", "\"name\": \"refund\", \"baseline_value\": 0.05,", StringComparison.Ordinal),
        });
        Assert.Contains("no event 'refund' for 'refund'", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_without_an_event_is_to_watch_where_nothing_was_planned() =>
        Only(HealthCheckStatus.Watch, HealthCode.SilentMetrics, new World { Converts = (_, name) => name == "purchase" ? 0.2 : 0 });

    [Fact]
    public void An_arm_without_an_event_is_named()
    {
        var found = Problem(HealthCode.SilentMetrics, new World { Converts = (arm, name) => name == "purchase" ? 0.2 : arm == 1 ? 0 : 0.05 });
        Assert.Equal(1, Assert.IsType<SilentMetricsEvidence>(found.Evidence).Metrics.Single().VariationIndex);
        Assert.Contains("'treatment'", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Arms_that_differed_before_the_start_are_a_problem() => Problem(HealthCode.PrePeriodBalance, new World { Before = arm => (0.8, arm == 1 ? 1.3 : 1) });

    [Fact]
    public void A_covariate_that_is_missing_in_one_arm_is_a_problem() => Problem(HealthCode.PrePeriodBalance, new World { Before = arm => (arm == 1 ? 0.7 : 0.8, 1) });

    [Theory]
    [InlineData(0, HealthCheckStatus.Ok)]
    [InlineData(12, HealthCheckStatus.Watch)]
    [InlineData(60, HealthCheckStatus.Problem)]
    public void Silence_is_told_by_the_hours_it_lasts(double hours, HealthCheckStatus status)
    {
        var found = Named(HealthCode.DataFreshness, new World { Plan = null }.After20Days(hours));
        Assert.Equal((status, 13 + hours), (found.Status, Assert.IsType<FreshnessEvidence>(found.Evidence).SilentHours));
    }

    [Fact]
    public void Silence_is_no_matter_once_it_is_paused_or_stopped() =>
        Assert.Equal(HealthCheckStatus.NotApplicable, Named(HealthCode.DataFreshness, new World { Status = "paused" }.After20Days(90)).Status);

    [Fact]
    public void An_experiment_that_nothing_reaches_is_to_watch_after_a_day()
    {
        Assert.Equal(HealthCheckStatus.Ok, Named(HealthCode.DataFreshness, new World().ReadOn(0)).Status);
        Assert.Equal(HealthCheckStatus.Watch, Named(HealthCode.DataFreshness, new World().ReadOn(0, 12)).Status);
    }

    [Fact]
    public void Less_traffic_than_planned_is_to_watch() => Only(HealthCheckStatus.Watch, HealthCode.Traffic, new World { UnitsPerDay = 300 });

    [Fact]
    public void Running_past_the_plan_is_to_watch() =>
        Only(HealthCheckStatus.Watch, HealthCode.Duration, new World { Plan = new() { PlannedSampleSizePerVariant = 3_000, PlannedSampleSizes = [3_000, 3_000], DurationDays = 12, Boundaries = [] } });

    [Fact]
    public void A_mean_far_from_the_planned_is_to_watch() =>
        Only(HealthCheckStatus.Watch, HealthCode.Baseline, new World { Converts = (_, name) => name == "purchase" ? 0.3 : 0.05, Design = NoBaseline });

    [Fact]
    public void A_deviation_far_from_the_planned_is_to_watch() =>
        Only(HealthCheckStatus.Watch, HealthCode.Variance, new World { Worth = draws => 15 * draws.LogNormal(1) / Math.Exp(0.5) });

    [Fact]
    public void Independence_is_told_by_what_assignment_hashes_by()
    {
        var found = Named(HealthCode.ConcurrentAssignment, new World().ReadOn(0));
        Assert.Equal((HealthCheckStatus.Ok, new AssignmentEvidence { Seed = "sound", HashVersion = 2 }), (found.Status, found.Evidence));
    }

    /// <summary>The check finds a problem, and no other check does.</summary>
    private static HealthCheck Problem(HealthCode code, World world) => Only(HealthCheckStatus.Problem, code, world);

    /// <summary>The check finds as much, and no other check finds anything.</summary>
    private static HealthCheck Only(HealthCheckStatus status, HealthCode code, World world)
    {
        var health = world.After20Days();
        var found = Named(code, health);
        Assert.Equal([(code, status)], health.Checks.Where(check => check.Status > HealthCheckStatus.Ok).Select(check => (check.Code, check.Status)));
        Assert.Equal(status == HealthCheckStatus.Problem ? HealthStatus.Problem : HealthStatus.Watch, health.Status);
        Assert.False(string.IsNullOrWhiteSpace(found.Action));
        Assert.NotNull(found.Evidence);
        return found;
    }

    private static HealthCheck Named(HealthCode code, HealthReadout health) => health.Checks.Single(check => check.Code == code);
}
