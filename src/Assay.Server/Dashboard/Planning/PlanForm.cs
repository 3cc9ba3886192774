using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Planning;

/// <summary>What the form for a new experiment says before anybody types.</summary>
internal static class PlanForm
{
    public static TypedForm Fresh { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [PlanFields.Variation(0)] = "control",
        [PlanFields.Variation(1)] = "treatment",
        [PlanFields.Window] = "72",
        ["metrics/alpha"] = "0.05",
        ["metrics/power"] = "0.8",
    }.ToImmutableDictionary(StringComparer.Ordinal));

    /// <summary>The plan of an experiment again, for another of a new key.</summary>
    public static TypedForm Again(Design design)
    {
        var (metrics, setup) = (design.Metrics, design.Setup);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PlanFields.From] = design.Key,
            ["name"] = design.Name,
            ["hypothesis/statement"] = design.Hypothesis?.Statement ?? "",
            ["hypothesis/owner"] = design.Hypothesis?.Owner ?? "",
            ["setup/unit"] = setup.Unit,
            ["setup/traffic_allocation"] = TypedNumber.Text(setup.TrafficAllocation),
            ["setup/holdout_fraction"] = TypedNumber.Text(setup.HoldoutFraction),
            ["setup/expected_daily_traffic"] = TypedNumber.Text(setup.ExpectedDailyTraffic),
            [PlanFields.Window] = TypedNumber.Text(metrics.Primary.WindowHours),
            ["metrics/mde_pct"] = TypedNumber.Text(metrics.MdePct),
            ["metrics/minimum_effect_pct"] = TypedNumber.Text(metrics.MinimumEffectPct),
            ["metrics/alpha"] = TypedNumber.Text(metrics.Alpha),
            ["metrics/power"] = TypedNumber.Text(metrics.Power),
            ["constraints/analysis"] = Wire.Name(design.Constraints.Analysis),
            ["constraints/n_looks"] = design.Constraints.NLooks > 1 ? TypedNumber.Text(design.Constraints.NLooks) : "",
            ["constraints/spending"] = design.Constraints.Spending,
        };
        foreach (var (row, variation) in setup.Variations.Index())
        {
            values[PlanFields.Variation(row)] = variation.Key;
            values[PlanFields.Weight(row)] = TypedNumber.Text(setup.TrafficSplit[row]);
        }

        Put(values, metrics.Primary, PlanFields.Primary);
        var others = PlanChoices.Roles.Zip((ImmutableArray<Metric>[])[metrics.Secondary, metrics.Guardrails, metrics.MorePrimaries]).SelectMany(list => list.Second.Select(metric => (Role: list.First, Metric: metric)));
        foreach (var (row, other) in others.Index())
        {
            values[PlanFields.Metric(row, PlanFields.Role)] = other.Role;
            values[PlanFields.Metric(row, PlanFields.WindowHours)] = TypedNumber.Text(other.Metric.WindowHours);
            values[PlanFields.Metric(row, PlanFields.Margin)] = TypedNumber.Text(other.Metric.NonInferiorityMarginPct);
            Put(values, other.Metric, field => PlanFields.Metric(row, field));
        }

        return new(values.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static void Put(Dictionary<string, string> values, Metric metric, Func<string, string> field)
    {
        values[field(PlanFields.Name)] = metric.Name;
        values[field(PlanFields.Event)] = metric.Event == metric.Name ? "" : metric.Event;
        values[field(PlanFields.Type)] = Wire.Name(metric.Type);
        values[field(PlanFields.Direction)] = Wire.Name(metric.Direction);
        values[field(PlanFields.Baseline)] = TypedNumber.Text(metric.BaselineValue);

        // What was filled in from the baseline follows the baseline that is typed next.
        values[field(PlanFields.StdDev)] = metric is { Type: MetricType.Count, BaselineValue: { } mean } && metric.StdDev == Math.Sqrt(mean) ? "" : TypedNumber.Text(metric.StdDev);
    }
}
