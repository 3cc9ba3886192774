using System.Collections.Immutable;
using Assay.Server.Metrics;

namespace Assay.Server.Dashboard.Effects;

/// <summary>Which metrics stand together on a page: of few comparisons all of them; of very many as many metrics as have some thirty, what decides first. A page stays small however much is measured.</summary>
internal static class EffectPages
{
    /// <summary>Comparisons of a page; one metric is never divided.</summary>
    private const int Most = 30;

    /// <summary>Pages of names of metrics; one at least.</summary>
    public static ImmutableArray<ImmutableHashSet<string>> Of(ExperimentSheet sheet)
    {
        var pages = ImmutableArray.CreateBuilder<ImmutableHashSet<string>>();
        var (page, rows) = (ImmutableHashSet<string>.Empty.WithComparer(StringComparer.Ordinal), 0);
        foreach (var metric in EffectRow.Of(sheet).GroupBy(row => (row.Metric, row.Role)).OrderBy(metric => Rank(metric.Key.Role)))
        {
            if (rows > 0 && rows + metric.Count() > Most)
            {
                pages.Add(page);
                (page, rows) = (page.Clear(), 0);
            }

            (page, rows) = (page.Add(metric.Key.Metric), rows + metric.Count());
        }

        pages.Add(page);
        return pages.ToImmutable();
    }

    /// <summary>What may stop an experiment is not behind what informs.</summary>
    private static int Rank(MetricRole role) => role switch { MetricRole.Primary => 0, MetricRole.Guardrail => 1, _ => 2 };
}
