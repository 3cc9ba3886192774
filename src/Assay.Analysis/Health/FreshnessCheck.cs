using Assay.Analysis.Readouts;

namespace Assay.Analysis.Health;

/// <summary>Whether data keep coming. A rule, not a test: hours of silence, and what the pace until then would have brought in them.</summary>
internal static class FreshnessCheck
{
    public static HealthCheck Judge(HealthFacts facts)
    {
        const HealthCode code = HealthCode.DataFreshness;
        if (!facts.IsRunning) return Checks.NotApplicable(code, HealthSentences.NotRunning);
        var started = facts.Input.StartedAt!.Value;
        var last = Populations.Time(facts.Input.Measured.LastEventAt);
        var silent = Math.Max(0, (facts.Now - (last ?? started)).TotalHours);
        var timing = facts.Units.TimingByArm;
        var total = facts.Primary.Exposed + timing.Sum(arm => arm.Before + arm.InWindow + arm.After);
        // Of at least a day, or a burst at the start would pass for the pace.
        double? pace = last is { } latest ? total / Math.Max(1, (latest - started).TotalDays) : null;
        var expected = pace * silent / 24;
        var status = Passes(HealthRules.SilenceProblem) ? HealthCheckStatus.Problem
            : Passes(HealthRules.SilenceWatch) || (last is null && silent >= HealthRules.SilenceWatch.Hours) ? HealthCheckStatus.Watch : HealthCheckStatus.Ok;
        return Checks.Of(
            code,
            status,
            HealthSentences.Silence(silent, pace),
            new FreshnessEvidence { LastEventAt = last, SilentHours = silent, UsualPerDay = pace, ExpectedSince = expected });

        bool Passes((double Hours, double Expected) rule) => silent >= rule.Hours && expected >= rule.Expected;
    }
}
