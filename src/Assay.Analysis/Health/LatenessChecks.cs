namespace Assay.Analysis.Health;

/// <summary>What arrives so late that it changes what was final. Rules, not tests: late rows may still come for days that are long over.</summary>
internal static class LatenessChecks
{
    public static HealthCheck LateArrivals(HealthFacts facts)
    {
        const HealthCode code = HealthCode.LateArrivals;
        if (facts.Input.Final) return Checks.NotApplicable(code, HealthSentences.FileIsFinal);
        if (facts.Primary.Matured == 0) return Checks.Unknown(code, HealthSentences.NoWindow);
        long[] late = new long[facts.Arms], events = new long[facts.Arms];
        foreach (var metric in facts.Input.Design.Metrics.All)
        {
            foreach (var arm in facts.Units[metric].Completed) (late[arm.Arm], events[arm.Arm]) = (late[arm.Arm] + arm.LateArrivals, events[arm.Arm] + arm.Events);
        }

        var rates = ArmRates.Of(late, events);
        var share = events.Sum() == 0 ? 0 : (double)late.Sum() / events.Sum();
        var isHigh = events.Sum() >= HealthRules.EnoughForShare && share > HealthRules.LateArrivalWatch;
        var isUneven = late.Sum() >= HealthRules.EnoughForShare && ArmRates.Ratio(rates) > HealthRules.RateRatioWatch;
        return Checks.Of(
            code,
            isHigh || isUneven ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            HealthSentences.LateArrivals(late.Sum(), events.Sum(), share, rates),
            new ArmRatesEvidence { Arms = rates, RateLimit = HealthRules.LateArrivalWatch, PValue = null, Level = null, Days = null });
    }

    public static HealthCheck Rearmed(HealthFacts facts)
    {
        const HealthCode code = HealthCode.RearmedUnits;
        if (facts.Input.Final) return Checks.NotApplicable(code, HealthSentences.FileIsFinal);
        var exposed = facts.Primary.Exposed;
        if (exposed == 0) return Checks.Unknown(code, HealthSentences.NoUnits);
        var rearmed = facts.Input.Measured.Rearmed;
        var share = (double)rearmed / exposed;
        return Checks.Of(
            code,
            exposed >= HealthRules.EnoughForShare && share > HealthRules.RearmedWatch ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            HealthSentences.Rearmed(rearmed, exposed, share),
            new ShareEvidence { Count = rearmed, Of = exposed, Share = share, Limit = HealthRules.RearmedWatch });
    }
}
