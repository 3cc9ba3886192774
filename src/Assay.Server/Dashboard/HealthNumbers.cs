using System.Globalization;
using Assay.Analysis.Health;
using Assay.Server.Dashboard.Wording;

namespace Assay.Server.Dashboard;

/// <summary>The evidence of a check as names and written numbers.</summary>
internal static class HealthNumbers
{
    public static IEnumerable<(string Name, string Number)> Of(HealthEvidence? evidence, ExperimentSheet sheet) => evidence switch
    {
        SampleRatioEvidence ratio => Of(ratio),
        ArmRatesEvidence rates => Of(rates, sheet),
        ShareEvidence share => [("", HealthWords.Of(Figures.Count(share.Count), Figures.Count(share.Of), Figures.Share(share.Share))), (HealthWords.Limit, Figures.Share(share.Limit))],
        SilentMetricsEvidence silent => [(HealthWords.MetricsJudged, Figures.Count(silent.MetricsJudged)), .. silent.Metrics.Select(metric => (metric.Metric, Labels.Pair(HealthWords.Completed, Figures.Count(metric.Units))))],
        BalanceEvidence balance => Of(balance, sheet),
        PlanDriftEvidence drift => [.. drift.Metrics.Select(metric => (metric.Metric, HealthWords.AsPlanned(Figures.Value(metric.Measured), Figures.Value(metric.Planned)))), (HealthWords.LimitAway, Figures.Share(drift.Limit))],
        FreshnessEvidence fresh =>
        [
            (HealthWords.LastEvent, fresh.LastEventAt is { } last ? Figures.Time(last) : Figures.None), (HealthWords.SilentHours, Figures.Value(fresh.SilentHours)),
            (HealthWords.UsualPerDay, Whole(fresh.UsualPerDay)), (HealthWords.ExpectedSince, Whole(fresh.ExpectedSince)),
        ],
        TrafficEvidence traffic =>
        [
            (HealthWords.MeasuredPerDay, Whole(traffic.MeasuredPerDay)), (HealthWords.PlannedPerDay, Whole(traffic.PlannedPerDay)),
            (HealthWords.LimitBelow, Figures.Share(traffic.Limit)), (HealthWords.Days, Figures.Value(traffic.Days)),
        ],
        DurationEvidence duration =>
        [
            (HealthWords.Days, Figures.Value(duration.Days)), (HealthWords.PlannedDays, Figures.Count(duration.PlannedDays)),
            (HealthWords.Completed, Figures.Count(duration.Completed)), (HealthWords.PlannedUnits, Figures.Count(duration.PlannedUnits)),
        ],
        AssignmentEvidence assignment => [(HealthWords.Seed, assignment.Seed), (HealthWords.HashVersion, Figures.Count(assignment.HashVersion))],
        _ => [],
    };

    private static IEnumerable<(string Name, string Number)> Of(SampleRatioEvidence ratio)
    {
        foreach (var stage in ratio.Stages)
            yield return (HealthWords.Stage(stage.Stage), HealthWords.Counts(Counts(stage.Counts), stage.SequentialPValue is { } p ? Words.P(p) : null));
        if (ratio.StartsAt is { } start) yield return (HealthWords.StartsAt, HealthWords.Stage(start));
        foreach (var slice in ratio.Slices)
            yield return (slice.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? $"{slice.Attribute} = {slice.Value}", HealthWords.CountsAdjusted(Counts(slice.Counts), Figures.P(slice.PValueAdjusted)));
        yield return (HealthWords.DaysJudged, Figures.Count(ratio.DaysJudged));
        if (ratio.SegmentValuesJudged > 0) yield return (HealthWords.SegmentValuesJudged, Figures.Count(ratio.SegmentValuesJudged));
        yield return (HealthWords.Level, Figures.Level(ratio.Level));
    }

    private static IEnumerable<(string Name, string Number)> Of(ArmRatesEvidence rates, ExperimentSheet sheet)
    {
        // Of many arms the rarest and the most frequent.
        foreach (var arm in rates.Arms.Count <= 4 ? rates.Arms : [rates.Arms.MinBy(arm => arm.Rate)!, rates.Arms.MaxBy(arm => arm.Rate)!])
            yield return (sheet.VariationKey(arm.VariationIndex), HealthWords.Of(Figures.Count(arm.Count), Figures.Count(arm.Of), Figures.Share(arm.Rate)));
        if (rates.RateLimit is { } limit) yield return (HealthWords.Limit, Figures.Share(limit));
        if (rates.PValue is { } p) yield return (HealthWords.PValue, Figures.P(p));
        if (rates.Days is { } days) yield return (HealthWords.DaysJudged, Figures.Count(days));
    }

    private static IEnumerable<(string Name, string Number)> Of(BalanceEvidence balance, ExperimentSheet sheet)
    {
        foreach (var pair in balance.Covariates)
        {
            yield return (
                $"{pair.Covariate}, {sheet.VariationKey(pair.TreatmentIndex)}",
                HealthWords.Balance(Figures.Difference(pair.StandardisedDifference), Figures.Points(pair.MissingDifference), Figures.P(pair.PValueAdjusted)));
        }

        yield return (HealthWords.Level, Figures.Level(balance.Level));
    }

    private static string Counts(IReadOnlyList<long> counts) => string.Join(" : ", counts.Select(Figures.Count));

    private static string Whole(double? value) => value is { } number ? Figures.Short(Math.Round(number)) : Figures.None;
}
