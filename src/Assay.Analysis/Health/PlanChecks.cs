using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Health;

/// <summary>Whether means and standard deviations under control are what the plan took them for. Rules, not tests; comparisons stay true, but the planned size no longer finds what it should.</summary>
internal static class PlanChecks
{
    public static HealthCheck Baseline(HealthFacts facts) => Judge(
        facts,
        HealthCode.Baseline,
        HealthRules.BaselineWatch,
        (HealthSentences.NoMeanPlanned, HealthSentences.MeanIsPlanned, HealthSentences.MeanDrifts),
        metric => metric.BaselineValue is { } planned && planned != 0 ? planned : null,
        (metric, planned, control) =>
        {
            // Without any event it is silent, which is another check's.
            if (control.Events == 0 || !control.Mean.TryGet(out var mean)) return null;
            // Few conversions understate their variance: the plan's stands in.
            var variance = metric.Type == MetricType.Binary && planned is > 0 and < 1 ? Math.Max(mean.Variance, planned * (1 - planned) / control.Count) : mean.Variance;
            var isFar = Math.Abs(mean.Value - planned) - (HealthRules.StandardErrors * Math.Sqrt(variance)) > HealthRules.BaselineWatch * Math.Abs(planned);
            return (mean.Value, isFar);
        });

    public static HealthCheck Variance(HealthFacts facts) => Judge(
        facts,
        HealthCode.Variance,
        HealthRules.DeviationWatch,
        (HealthSentences.NoDeviationPlanned, HealthSentences.DeviationIsPlanned, HealthSentences.DeviationDrifts),
        metric => metric is { Type: not MetricType.Binary, StdDev: { } planned } && planned > 0 ? planned : null,
        (_, planned, control) =>
        {
            if (control.Count < HealthRules.EnoughForShare) return null;
            var deviation = Math.Sqrt(control.Moments.Variance);
            return (deviation, Math.Abs((deviation / planned) - 1) > HealthRules.DeviationWatch);
        });

    private static HealthCheck Judge(
        HealthFacts facts,
        HealthCode code,
        double limit,
        (string Unplanned, Func<double, string> Near, Func<PlanDrift, string> Far) words,
        Func<Metric, double?> plan,
        Func<Metric, double, ArmUnits, (double Measured, bool IsFar)?> measure)
    {
        var (metrics, isPlanned) = (new List<PlanDrift>(), false);
        foreach (var metric in facts.Input.Final ? [] : facts.Input.Design.Metrics.All)
        {
            if (plan(metric) is not { } planned) continue;
            isPlanned = true;
            if (measure(metric, planned, facts.Units[metric].Completed[0]) is not { } found || !double.IsFinite(found.Measured)) continue;
            metrics.Add(new PlanDrift { Metric = metric.Name, Planned = planned, Measured = found.Measured, Ratio = Number.Finite(found.Measured / planned), IsFar = found.IsFar });
        }

        if (!isPlanned) return Checks.NotApplicable(code, words.Unplanned);
        if (metrics.Count == 0) return Checks.Unknown(code, HealthSentences.FewInControl);
        var far = metrics.FindAll(metric => metric.IsFar);
        return Checks.Of(
            code,
            far.Count > 0 ? HealthCheckStatus.Watch : HealthCheckStatus.Ok,
            far.Count == 0
                ? words.Near(limit)
                : Lists.Told(far.Select(words.Far)),
            new PlanDriftEvidence { Limit = limit, Metrics = metrics });
    }
}
