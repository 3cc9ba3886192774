using System.Collections.Immutable;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Health;

/// <summary>Whether units arrive as the split says, in all, by day and by segment, and where a mismatch starts.</summary>
/// <remarks>
/// Exposed units in all: the sequential test of the readout (Lindon &amp; Malek 2022), false alarms in 0.001 of experiments at most. Completed units walk the same path later, and add nothing to that.
/// Days and segments: <see cref="SampleRatioSlices"/>, another 0.001.
/// </remarks>
internal static class SampleRatioCheck
{
    public static HealthCheck Judge(HealthFacts facts)
    {
        if (facts.Primary.Exposed == 0 || facts.SampleRatio.SequentialPValue is not { } exposed)
            return Checks.Unknown(HealthCode.SampleRatio, HealthSentences.NoSplitUnits);
        var completedCounts = facts.Primary.Completed.Select(arm => arm.Count).ToImmutableArray();
        var completed = SampleRatio.SequentialPValue(completedCounts.AsSpan(), facts.Weights.AsSpan());
        var slices = SampleRatioSlices.Judge(facts);
        var startsAt = StartsAt(facts, exposed, completed);
        var status = Checks.Worse(
            facts.SampleRatio.Status == SampleRatioStatus.Alarm ? HealthCheckStatus.Problem : Checks.StatusOf(Math.Min(exposed, completed)),
            slices.Listed.Count == 0 ? HealthCheckStatus.Ok : Checks.StatusOf(slices.Listed[0].PValueAdjusted));
        var total = facts.Weights.Sum();
        return Checks.Of(HealthCode.SampleRatio, status, HealthSentences.SampleRatio(facts.SampleRatio.Verdict, startsAt, slices.Listed is [var farthest, ..] ? farthest : null), new SampleRatioEvidence
        {
            Level = HealthRules.ProblemLevel,
            ExpectedShares = [.. facts.Weights.Select(weight => weight / total)],
            Stages = Stages(facts, completedCounts, exposed, completed),
            StartsAt = startsAt,
            DaysJudged = slices.Days,
            SegmentValuesJudged = slices.Values,
            Slices = slices.Listed,
        });
    }

    private static List<SampleRatioStage> Stages(HealthFacts facts, ImmutableArray<long> completedCounts, double exposed, double completed)
    {
        List<SampleRatioStage> stages =
        [
            new() { Stage = HealthStage.Exposed, Counts = facts.SampleRatio.ObservedCounts, SequentialPValue = exposed },
            new() { Stage = HealthStage.Completed, Counts = completedCounts, SequentialPValue = facts.Primary.Matured == 0 ? null : completed },
        ];
        if (facts.ReceiptDays.Count > 0) stages.Insert(0, new() { Stage = HealthStage.Received, Counts = ReceiptChecks.Received(facts), SequentialPValue = null });
        return stages;
    }

    /// <summary>
    /// Where the mismatch is there first. Received items are not tested, since one unit may send many: they show the mismatch when the arm farthest from its share is off among them
    /// in the same direction by half as much or more.
    /// </summary>
    private static HealthStage? StartsAt(HealthFacts facts, double exposed, double completed)
    {
        if (exposed > HealthRules.ProblemLevel) return completed <= HealthRules.ProblemLevel ? HealthStage.Completed : null;
        if (facts.ReceiptDays.Count == 0) return null;
        var received = ReceiptChecks.Received(facts);
        var (units, items, total) = (facts.SampleRatio.ObservedCounts, (double)received.Sum(), facts.Weights.Sum());
        var arm = Enumerable.Range(0, facts.Arms).MaxBy(index => Math.Abs(Excess(units[index], facts.Primary.Exposed, index)));
        return Excess(received[arm], items, arm) / Excess(units[arm], facts.Primary.Exposed, arm) >= 0.5 ? HealthStage.Received : HealthStage.Exposed;

        double Excess(double count, double of, int index) => (count / of) - (facts.Weights[index] / total);
    }
}
