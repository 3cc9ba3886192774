using Assay.Analysis.Designs;

namespace Assay.Analysis.Health;

/// <summary>Units a day and days, beside the plan. Rules, not tests; neither makes a comparison untrue.</summary>
internal static class PaceChecks
{
    public static HealthCheck Traffic(HealthFacts facts)
    {
        const HealthCode code = HealthCode.Traffic;
        if (facts.Input.Final || Pricing.DailyUnits(facts.Input.Design.Setup) is not { } planned || planned <= 0)
            return Checks.NotApplicable(code, "No traffic was planned.");
        if (facts.Elapsed is not { } elapsed || elapsed.TotalDays < HealthRules.EnoughDays)
            return Checks.Unknown(code, Checks.Say($"Told from the day {HealthRules.EnoughDays:N0} days after the start on."));
        var measured = facts.Primary.Exposed / elapsed.TotalDays;
        var ratio = measured / planned;
        return Checks.Of(
            code,
            ratio < HealthRules.TrafficWatch ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            Checks.Say($"{measured:N0} units a day are exposed, {planned:N0} were planned ({Checks.Percent(ratio)})."),
            "The planned size will come later than planned. Check where exposures are told and what share of traffic meets the experiment, or plan the duration anew.",
            new TrafficEvidence { PlannedPerDay = planned, MeasuredPerDay = measured, Ratio = ratio, Limit = HealthRules.TrafficWatch, Days = elapsed.TotalDays });
    }

    public static HealthCheck Duration(HealthFacts facts)
    {
        const HealthCode code = HealthCode.Duration;
        if (facts.Input.Final || facts.Input.Plan?.DurationDays is not { } planned || facts.Elapsed is not { } elapsed)
            return Checks.NotApplicable(code, "No duration was planned.");
        // What is planned is the days of exposure; the last window closes after them.
        var window = TimeSpan.FromHours(facts.Input.Design.Metrics.Primary.WindowHours);
        var isOver = facts.Input.StoppedAt is null && elapsed > TimeSpan.FromDays(planned) + window;
        return Checks.Of(
            code,
            isOver ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            Checks.Say($"It has run for {elapsed.TotalDays:N1} of {planned:N0} planned days."),
            "Decide on what there is, or plan a new iteration: what the plan promised to find it has found or missed. Always-valid results stay valid for as long as it runs.",
            new DurationEvidence { Days = elapsed.TotalDays, PlannedDays = planned, Completed = facts.Primary.Matured, PlannedUnits = facts.Input.Sizes.Sum() });
    }
}
