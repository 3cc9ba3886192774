using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Server.Storage;

namespace Assay.Server.Metrics;

/// <summary>A metric by its name, as the designs of all experiments know it. There is no other record of metrics: what no design names is not here.</summary>
/// <param name="Event">The event it counts; null where experiments differ.</param>
/// <param name="MetricType">How a unit's events make its value; null where experiments differ.</param>
/// <param name="Direction">The desired direction; null where experiments differ.</param>
/// <param name="Roles">What it is used as, each role once.</param>
/// <param name="IsAmbiguous">Whether two experiments mean different things by the name: another event, type or direction. Windows belong to the experiment and may differ.</param>
/// <param name="Experiments">Who uses it, by key.</param>
internal sealed record CataloguedMetric(
    string Name, string? Event, MetricType? MetricType, Direction? Direction, ImmutableArray<MetricRole> Roles, bool IsAmbiguous, ImmutableArray<MetricUse> Experiments)
{
    /// <summary>Every metric of these experiments, by name.</summary>
    public static ImmutableArray<CataloguedMetric> Of(IEnumerable<Experiment> experiments) =>
    [
        .. experiments.SelectMany(UsesIn)
            .GroupBy(used => used.Name, used => used.Use, StringComparer.Ordinal)
            .OrderBy(uses => uses.Key, StringComparer.Ordinal)
            .Select(uses => Of(uses.Key, [.. uses.OrderBy(use => use.Key, StringComparer.Ordinal)])),
    ];

    /// <summary>Whether the name, or the event that an experiment counts under it, contains a text, in any case.</summary>
    public bool Mentions(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Experiments.Any(use => use.Event.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static CataloguedMetric Of(string name, ImmutableArray<MetricUse> uses)
    {
        var events = uses.Select(use => use.Event).Distinct(StringComparer.Ordinal).ToArray();
        var types = uses.Select(use => use.MetricType).Distinct().ToArray();
        var directions = uses.Select(use => use.Direction).Distinct().ToArray();
        return new CataloguedMetric(
            name,
            events is [var only] ? only : null,
            types is [var type] ? type : null,
            directions is [var direction] ? direction : null,
            [.. uses.Select(use => use.Role).Distinct().Order()],
            events.Length > 1 || types.Length > 1 || directions.Length > 1,
            uses);
    }

    private static IEnumerable<(string Name, MetricUse Use)> UsesIn(Experiment experiment)
    {
        var metrics = experiment.Design.Metrics;
        return
        [
            Use(MetricRole.Primary)(metrics.Primary),
            .. metrics.MorePrimaries.Select(Use(MetricRole.Primary)),
            .. metrics.Secondary.Select(Use(MetricRole.Secondary)),
            .. metrics.Guardrails.Select(Use(MetricRole.Guardrail)),
        ];

        Func<Metric, (string, MetricUse)> Use(MetricRole role) => metric =>
            (metric.Name, new MetricUse(experiment.Key, experiment.Status, role, metric.Event, metric.Type, metric.Direction, metric.WindowHours));
    }
}

/// <summary>A metric in one experiment.</summary>
/// <param name="Key">The experiment.</param>
/// <param name="WindowHours">Window after first exposure.</param>
internal sealed record MetricUse(string Key, ExperimentStatus Status, MetricRole Role, string Event, MetricType MetricType, Direction Direction, double WindowHours);
