using Assay.Statistics;

namespace Assay.Analysis.Health;

/// <summary>Whether units are seen in more than one arm, and in one arm more than in another.</summary>
/// <remarks>
/// When crossing over has nothing to do with the arm, the first arm of a unit that does falls as the split says, so the counts are tested as the sample ratio is (Lindon &amp; Malek 2022):
/// a false problem in 0.001 of experiments at most, at any number of looks. That so many cross over at all is a rule, not a test.
/// </remarks>
internal static class CrossoverCheck
{
    public static HealthCheck Judge(HealthFacts facts)
    {
        var exposed = facts.Primary.Exposed;
        if (exposed == 0 || !facts.HasSplit) return Checks.Unknown(HealthCode.Crossovers, HealthSentences.NoSplitUnits);
        var counts = facts.Primary.Running.Select(arm => arm.Crossovers).ToArray();
        var share = (double)counts.Sum() / exposed;
        var p = SampleRatio.SequentialPValue(counts, facts.Weights.AsSpan(), HealthRules.CrossoverConcentration);
        var high = exposed < HealthRules.EnoughForShare || share <= HealthRules.CrossoverWatch ? HealthCheckStatus.Ok
            : share > HealthRules.CrossoverProblem ? HealthCheckStatus.Problem : HealthCheckStatus.Watch;
        var differs = Checks.StatusOf(p);
        var detail = HealthSentences.Crossovers(counts.Sum(), exposed, share, differs > HealthCheckStatus.Ok ? p : null, high > HealthCheckStatus.Ok);
        return Checks.Of(HealthCode.Crossovers, Checks.Worse(high, differs), detail, new ArmRatesEvidence
        {
            Arms = ArmRates.Of(counts, [.. facts.Primary.Running.Select(arm => arm.Count)]),
            RateLimit = HealthRules.CrossoverWatch,
            PValue = p,
            Level = HealthRules.ProblemLevel,
            Days = null,
        });
    }
}
