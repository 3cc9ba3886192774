namespace Assay.Analysis.Health;

/// <summary>When events come: before exposure, without one, or after the window.</summary>
internal static class EventChecks
{
    /// <summary>Whether early events differ by arm. No arm can cause what came before it, so a difference says that exposures are told at another moment in one arm than in another.</summary>
    /// <remarks>By the signs of days of first exposure (<see cref="ArmRates.Compare"/>), those that are over: a false problem in 0.001 of experiments at most.</remarks>
    public static HealthCheck Early(HealthFacts facts)
    {
        const HealthCode code = HealthCode.EarlyEvents;
        if (facts.Input.Final) return Checks.NotApplicable(code, HealthSentences.FileHasNoTimes);
        if (facts.Primary.Exposed == 0) return Checks.Unknown(code, HealthSentences.NoUnits);
        var now = Readouts.Populations.Microseconds(facts.Now);
        long[] early = new long[facts.Arms], units = new long[facts.Arms];
        var days = new List<(long[] Counts, long[] Of)>();
        foreach (var day in facts.Units.Days.All)
        {
            if (day.Ends > now) continue;
            days.Add((day.Early, day.Units));
            for (var arm = 0; arm < facts.Arms; arm++) (early[arm], units[arm]) = (early[arm] + day.Early[arm], units[arm] + day.Units[arm]);
        }

        var (judged, p) = ArmRates.Compare(days, facts.Arms);
        var rates = ArmRates.Of(early, units);
        return Checks.Of(
            code,
            judged == 0 ? HealthCheckStatus.Ok : Checks.StatusOf(p),
            HealthSentences.Early(early.Sum(), rates, judged > 0 && p <= HealthRules.WatchLevel ? (p, judged) : null),
            new ArmRatesEvidence { Arms = rates, RateLimit = null, PValue = judged == 0 ? null : p, Level = HealthRules.ProblemLevel, Days = judged });
    }

    /// <summary>Whether events belong to exposed units. A rule, not a test: half of what allocation and holdout let expect, and none where 20 converted units were expected.</summary>
    public static HealthCheck Unexposed(HealthFacts facts)
    {
        const HealthCode code = HealthCode.UnexposedEvents;
        if (facts.Input.Final) return Checks.NotApplicable(code, HealthSentences.FileHasExposedOnly);
        var setup = facts.Input.Design.Setup;
        var inArms = facts.Units.TimingByArm.Sum(timing => timing.Before + timing.InWindow + timing.After);
        var unexposed = facts.Units.UnexposedEvents;
        var total = inArms + unexposed;
        var limit = 1 - (setup.TrafficAllocation * (1 - setup.HoldoutFraction) / 2);
        var evidence = new ShareEvidence { Count = unexposed, Of = total, Share = total == 0 ? null : (double)unexposed / total, Limit = limit };
        if (total == 0) return Checks.Unknown(code, HealthSentences.NoEvents, evidence);
        var none = inArms == 0 && unexposed >= HealthRules.EnoughForShare && SilentMetricsCheck.ExpectedByPlan(facts.Primary) >= HealthRules.ExpectedWithoutEvent;
        var status = none ? HealthCheckStatus.Problem : total >= HealthRules.EnoughForShare && evidence.Share > limit ? HealthCheckStatus.Watch : HealthCheckStatus.Ok;
        return Checks.Of(
            code,
            status,
            HealthSentences.Unexposed(unexposed, total, evidence.Share, limit, none),
            evidence);
    }

    /// <summary>Whether many events come after the window, or in one arm far more. A rule, not a test: events after exposure may differ because the arms do.</summary>
    public static HealthCheck AfterWindow(HealthFacts facts)
    {
        const HealthCode code = HealthCode.AfterWindowEvents;
        if (facts.Input.Final) return Checks.NotApplicable(code, HealthSentences.FileHasNoTimes);
        if (facts.Primary.Matured == 0) return Checks.Unknown(code, HealthSentences.NoWindow);
        var timing = facts.Units.TimingByArm;
        var after = timing.Sum(arm => arm.After);
        var events = timing.Sum(arm => arm.After + arm.InWindow);
        var rates = ArmRates.Of([.. timing.Select(arm => arm.After)], [.. facts.Primary.Running.Select(arm => arm.Count)]);
        var share = events == 0 ? 0 : (double)after / events;
        var (many, uneven) = (events >= HealthRules.EnoughForShare && share > HealthRules.AfterWindowWatch, after >= HealthRules.EnoughForShare && ArmRates.Ratio(rates) > HealthRules.RateRatioWatch);
        return Checks.Of(
            code,
            many || uneven ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            HealthSentences.AfterWindow(after, events, share, uneven),
            new ArmRatesEvidence { Arms = rates, RateLimit = null, PValue = null, Level = null, Days = null });
    }
}
