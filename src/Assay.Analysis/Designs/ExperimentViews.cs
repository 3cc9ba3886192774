using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Designs;

/// <summary>Turns a design into the view that a store measures units by.</summary>
public static class ExperimentViews
{
    /// <summary>The view of a started experiment.</summary>
    /// <param name="design">The frozen design.</param>
    /// <param name="epoch">The epoch that newly exposed units belong to.</param>
    /// <param name="startedAt">The start.</param>
    /// <param name="closesAt">The end of the last window once stopped; null while running.</param>
    /// <param name="unitsFrom">Since when units count that nobody exposed before; null for all.</param>
    /// <param name="ages">The metrics whose values are also kept by age, as the plan says; none by default.</param>
    public static ExperimentView Of(
        Design design, int epoch, DateTimeOffset startedAt, DateTimeOffset? closesAt, DateTimeOffset? unitsFrom = null, ImmutableArray<AgePlan> ages = default) =>
        new(
            design.Key,
            epoch,
            Microseconds(startedAt),
            design.Setup.Variations.Length,
            [.. design.Metrics.All.Select(metric => Plan(metric) with { Age = AgeOf(metric, ages) })],
            [.. design.Metrics.Covariates.Select(covariate => covariate.Name)])
        {
            ClosesAt = closesAt is { } closes ? Microseconds(closes) : null,
            UnitsFrom = unitsFrom is { } from ? Microseconds(from) : null,
            Segments = [.. design.Setup.Segments.Select(segment => new SegmentPlan(segment.Attribute, segment.Values))],
        };

    /// <summary>A metric's window, to the microsecond that stores keep.</summary>
    internal static TimeSpan Window(Metric metric) => TimeSpan.FromMicroseconds(Math.Round(metric.WindowHours * TimeSpan.MicrosecondsPerHour));

    private static MetricPlan Plan(Metric metric) => new(metric.Name, metric.Event, AggregateOf(metric.Type), Window(metric));

    private static TimeSpan? AgeOf(Metric metric, ImmutableArray<AgePlan> ages)
    {
        if (ages.IsDefaultOrEmpty) return null;
        foreach (var plan in ages)
            if (string.Equals(plan.Metric, metric.Name, StringComparison.Ordinal)) return TimeSpan.FromDays(plan.Days);
        return null;
    }

    private static Aggregate AggregateOf(MetricType type) => type switch
    {
        MetricType.Binary => Aggregate.Any,
        MetricType.Continuous => Aggregate.Sum,
        MetricType.Count => Aggregate.Count,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No design with such a metric is read."),
    };

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
