namespace Assay.Analysis.Health;

/// <summary>Whether exposures of one arm are refused or repeated more than those of another, by UTC day of arrival; the day that is not over waits.</summary>
/// <remarks>
/// By the signs of days (<see cref="ArmRates.Compare"/>): a false problem in 0.001 of experiments at most. A treatment that changes how often people come back changes how often they are exposed again, so
/// repeated exposures are something to watch and never a problem.
/// </remarks>
internal static class ReceiptChecks
{
    public static HealthCheck Refused(HealthFacts facts)
    {
        const HealthCode code = HealthCode.RefusedExposures;
        if (facts.ReceiptDays.Count == 0) return Uncounted(facts, code);
        var (evidence, share) = Judge(facts, refused: true);
        if (share is null) return Checks.Unknown(code, HealthSentences.FirstReceiptDay, evidence);
        var high = evidence.Arms.Sum(arm => arm.Of) >= HealthRules.EnoughForShare && share > HealthRules.RefusedWatch ? HealthCheckStatus.Watch : HealthCheckStatus.Ok;
        return Checks.Of(
            code,
            Checks.Worse(high, Checks.StatusOf(evidence.PValue ?? 1)),
            HealthSentences.Refused(evidence, share),
            evidence);
    }

    public static HealthCheck Duplicates(HealthFacts facts)
    {
        const HealthCode code = HealthCode.DuplicateExposures;
        if (facts.ReceiptDays.Count == 0) return Uncounted(facts, code);
        var (evidence, share) = Judge(facts, refused: false);
        if (share is null) return Checks.Unknown(code, HealthSentences.FirstReceiptDay, evidence);
        return Checks.Of(
            code,
            evidence.PValue <= HealthRules.WatchLevel ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            HealthSentences.Repeated(evidence, share),
            evidence);
    }

    /// <summary>Exposures received, by arm.</summary>
    public static long[] Received(HealthFacts facts)
    {
        var received = new long[facts.Arms];
        foreach (var (key, totals) in facts.ReceiptDays) received[key.Variation] += totals.Received;
        return received;
    }

    private static (ArmRatesEvidence Evidence, double? Share) Judge(HealthFacts facts, bool refused)
    {
        var days = new Dictionary<long, (long[] Counts, long[] Of)>();
        long[] counts = new long[facts.Arms], of = new long[facts.Arms];
        foreach (var (key, totals) in facts.ReceiptDays)
        {
            if (key.Day >= facts.Today) continue;
            if (!days.TryGetValue(key.Day, out var day)) days.Add(key.Day, day = (new long[facts.Arms], new long[facts.Arms]));
            // What is refused is no repetition, and must not make them look rarer.
            var (count, among) = refused ? (totals.Refused, totals.Received) : (totals.Duplicate, totals.Received - totals.Refused);
            (day.Counts[key.Variation], day.Of[key.Variation]) = (count, among);
            (counts[key.Variation], of[key.Variation]) = (counts[key.Variation] + count, of[key.Variation] + among);
        }

        var (judged, p) = ArmRates.Compare(days.Values, facts.Arms);
        var evidence = new ArmRatesEvidence
        {
            Arms = ArmRates.Of(counts, of),
            RateLimit = refused ? HealthRules.RefusedWatch : null,
            PValue = judged == 0 ? null : p,
            Level = refused ? HealthRules.ProblemLevel : HealthRules.WatchLevel,
            Days = judged,
        };
        return (evidence, of.Sum() == 0 ? null : (double)counts.Sum() / of.Sum());
    }

    private static HealthCheck Uncounted(HealthFacts facts, HealthCode code) => facts.Input.Final
        ? Checks.NotApplicable(code, HealthSentences.FileHasNoReceipts)
        : Checks.Unknown(code, HealthSentences.NoReceipts);
}
