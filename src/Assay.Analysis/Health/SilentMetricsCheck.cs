using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Health;

/// <summary>Whether every metric has events, in every arm.</summary>
/// <remarks>
/// Where 20 units with an event were expected, by the plan's baseline of a binary metric or by the rate in the other arms, none comes with probability e⁻²⁰ = 2e-9 at most; once silent at that size, silent at
/// every look before, so that looking often adds nothing. A metric without a baseline is something to watch from 1,000 completed units on.
/// </remarks>
internal static class SilentMetricsCheck
{
    public static HealthCheck Judge(HealthFacts facts)
    {
        const HealthCode code = HealthCode.SilentMetrics;
        if (facts.Primary.Matured == 0) return Checks.Unknown(code, HealthSentences.NoWindow);
        var silent = new List<SilentMetric>();
        var (metrics, status) = (0, HealthCheckStatus.Ok);
        foreach (var metric in facts.Input.Design.Metrics.All)
        {
            metrics++;
            var units = facts.Units[metric];
            if (units.Completed.Sum(arm => arm.Events) == 0) status = Checks.Worse(status, JudgeAll(units, silent));
            else status = Checks.Worse(status, JudgeArms(units, silent));
        }

        return Checks.Of(
            code,
            status,
            silent.Count == 0 ? HealthSentences.AllSpeak(metrics) : Lists.Told(silent.Select(found => HealthSentences.Silent(found, found.VariationIndex is { } arm ? facts.KeyOf(arm) : null))),
            new SilentMetricsEvidence { ExpectedLimit = HealthRules.ExpectedWithoutEvent, MetricsJudged = metrics, Metrics = silent });
    }

    /// <summary>Units with an event that the plan expects among the completed ones; null without a baseline that is a share of units.</summary>
    public static double? ExpectedByPlan(MetricUnits units) =>
        units.Metric is { Type: MetricType.Binary, BaselineValue: { } share } ? share * units.Matured : null;

    private static HealthCheckStatus JudgeAll(MetricUnits units, List<SilentMetric> silent)
    {
        var expected = ExpectedByPlan(units);
        var status = expected >= HealthRules.ExpectedWithoutEvent ? HealthCheckStatus.Problem
            : expected is null && units.Matured >= HealthRules.EnoughForShare ? HealthCheckStatus.Watch : HealthCheckStatus.Ok;
        if (status > HealthCheckStatus.Ok) silent.Add(Write(units.Metric, null, units.Matured, expected));
        return status;
    }

    private static HealthCheckStatus JudgeArms(MetricUnits units, List<SilentMetric> silent)
    {
        var status = HealthCheckStatus.Ok;
        foreach (var arm in units.Completed)
        {
            if (arm.Events > 0) continue;
            var others = (Converted: 0L, Units: 0L);
            foreach (var other in units.Completed)
            {
                if (other.Arm != arm.Arm) others = (others.Converted + other.Converted, others.Units + other.Count);
            }

            var expected = others.Units == 0 ? 0 : (double)others.Converted / others.Units * arm.Count;
            if (expected < HealthRules.ExpectedWithoutEvent || others.Converted < HealthRules.ExpectedWithoutEvent) continue;
            status = HealthCheckStatus.Problem;
            silent.Add(Write(units.Metric, arm.Arm, arm.Count, expected));
        }

        return status;
    }

    private static SilentMetric Write(Metric metric, int? arm, long units, double? expected) =>
        new() { Metric = metric.Name, Event = metric.Event, VariationIndex = arm, Units = units, Expected = expected };
}
