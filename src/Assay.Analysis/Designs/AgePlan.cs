using System.Collections.Immutable;

namespace Assay.Analysis.Designs;

/// <summary>How the window of a primary is cut into ages of a unit.</summary>
/// <param name="Metric">The primary.</param>
/// <param name="Days">Length of an age, whole days; the last one ends with the window and may be shorter.</param>
/// <param name="Ages">Number of ages, 2 to 7.</param>
public sealed record AgePlan(string Metric, int Days, int Ages)
{
    /// <summary>Ages at most: one a day of a week.</summary>
    public const int Most = 7;

    internal static readonly TimeSpan Shortest = TimeSpan.FromDays(2);

    /// <summary>The ages of each primary with a window of two days or more, of equal whole days and at most seven.</summary>
    public static ImmutableArray<AgePlan> Of(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        return [.. design.Metrics.MorePrimaries.Prepend(design.Metrics.Primary).Where(metric => ExperimentViews.Window(metric) >= Shortest).Select(Of)];
    }

    private static AgePlan Of(Metric metric)
    {
        var days = ExperimentViews.Window(metric).TotalDays;
        var length = (int)Math.Ceiling(days / Most);
        return new AgePlan(metric.Name, length, (int)Math.Ceiling(days / length));
    }
}
