using Assay.Analysis.Designs;

namespace Assay.Analysis.Health;

/// <summary>Units a day and days, beside the plan. Rules, not tests; neither makes a comparison untrue.</summary>
internal static class PaceChecks
{
    public static HealthCheck Traffic(HealthFacts facts)
    {
        const HealthCode code = HealthCode.Traffic;
        if (facts.Input.Final || Pricing.DailyUnits(facts.Input.Design.Setup) is not { } planned || planned <= 0)
            return Checks.NotApplicable(code, HealthSentences.NoTraffic);
        if (facts.Elapsed is not { } elapsed || elapsed.TotalDays < HealthRules.EnoughDays)
            return Checks.Unknown(code, HealthSentences.TrafficFrom(HealthRules.EnoughDays));
        var measured = facts.Primary.Exposed / elapsed.TotalDays;
        var ratio = measured / planned;
        return Checks.Of(
            code,
            ratio < HealthRules.TrafficWatch ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            HealthSentences.Traffic(measured, planned, ratio),
            new TrafficEvidence { PlannedPerDay = planned, MeasuredPerDay = measured, Ratio = ratio, Limit = HealthRules.TrafficWatch, Days = elapsed.TotalDays });
    }

    public static HealthCheck Duration(HealthFacts facts)
    {
        const HealthCode code = HealthCode.Duration;
        if (facts.Input.Final || facts.Input.Plan?.DurationDays is not { } planned || facts.Elapsed is not { } elapsed)
            return Checks.NotApplicable(code, HealthSentences.NoDuration);
        // What is planned is the days of exposure; the last window closes after them.
        var window = TimeSpan.FromHours(facts.Input.Design.Metrics.Primary.WindowHours);
        var isOver = facts.Input.StoppedAt is null && elapsed > TimeSpan.FromDays(planned) + window;
        return Checks.Of(
            code,
            isOver ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            HealthSentences.Duration(elapsed.TotalDays, planned),
            new DurationEvidence { Days = elapsed.TotalDays, PlannedDays = planned, Completed = facts.Primary.Matured, PlannedUnits = facts.Input.Sizes.Sum() });
    }
}
