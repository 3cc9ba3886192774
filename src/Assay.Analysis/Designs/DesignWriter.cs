using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Analysis.Designs;

/// <summary>Writes a design as the normalised document: every field of the contract, every default filled in. Reading it gives the same design.</summary>
public static class DesignWriter
{
    /// <summary>The normalised document.</summary>
    public static JsonObject Write(Design design) => new()
    {
        ["key"] = design.Key,
        ["name"] = design.Name,
        ["hypothesis"] = design.Hypothesis is { } hypothesis ? new JsonObject { ["statement"] = hypothesis.Statement, ["owner"] = hypothesis.Owner } : null,
        ["setup"] = Write(design.Setup),
        ["metrics"] = Write(design.Metrics),
        ["constraints"] = new JsonObject
        {
            ["analysis"] = SnakeCase.Name(design.Constraints.Analysis),
            ["n_looks"] = design.Constraints.NLooks,
            ["spending"] = design.Constraints.Spending,
            ["multiplicity"] = design.Constraints.Multiplicity,
        },
        ["policy"] = new JsonObject
        {
            ["futility_effect_pct"] = design.FutilityEffectPct,
            ["prior_success_rate"] = design.Policy.PriorSuccessRate,
        },
    };

    private static JsonObject Write(Setup setup) => new()
    {
        ["unit"] = setup.Unit,
        ["variations"] = new JsonArray(
            [.. setup.Variations.Select(variation => new JsonObject { ["key"] = variation.Key, ["value"] = Node(variation.Value) })]),
        ["traffic_split"] = new JsonArray([.. setup.TrafficSplit.Select(weight => JsonValue.Create(weight))]),
        ["traffic_allocation"] = setup.TrafficAllocation,
        ["holdout_fraction"] = setup.HoldoutFraction,
        ["expected_daily_traffic"] = setup.ExpectedDailyTraffic,
        ["segments"] = new JsonArray([.. setup.Segments.Select(segment => new JsonObject
        {
            ["attribute"] = segment.Attribute,
            ["values"] = new JsonArray([.. segment.Values.Select(value => JsonValue.Create(value))]),
        })]),
        ["targeting"] = null,
        ["layer"] = null,
    };

    private static JsonObject Write(MetricSet metrics)
    {
        var written = new JsonObject { ["primary_metric_name"] = metrics.Primary.Name };
        WriteFields(metrics.Primary, written);
        written["mde_pct"] = metrics.MdePct;
        written["minimum_effect_pct"] = metrics.MinimumEffectPct;
        written["alpha"] = metrics.Alpha;
        written["power"] = metrics.Power;
        written["attribution_window_hours"] = metrics.AttributionWindowHours;
        written["more_primaries"] = Write(metrics.MorePrimaries);
        written["secondary"] = Write(metrics.Secondary);
        written["guardrails"] = Write(metrics.Guardrails);
        written["covariates"] = new JsonArray(
            [.. metrics.Covariates.Select(covariate => new JsonObject { ["name"] = covariate.Name, ["source"] = SnakeCase.Name(covariate.Source) })]);
        return written;
    }

    private static JsonArray Write(ImmutableArray<Metric> metrics) => new([.. metrics.Select(metric =>
    {
        var written = new JsonObject { ["name"] = metric.Name };
        WriteFields(metric, written);
        return written;
    })]);

    private static void WriteFields(Metric metric, JsonObject to)
    {
        to["event"] = metric.Event;
        to["metric_type"] = SnakeCase.Name(metric.Type);
        to["direction"] = SnakeCase.Name(metric.Direction);
        to["value_property"] = null;
        to["filter"] = null;
        to["window_hours"] = metric.WindowHours;
        to["cap"] = null;
        to["numerator"] = null;
        to["denominator"] = null;
        to["baseline_value"] = metric.BaselineValue;
        to["std_dev"] = metric.StdDev;
        to["non_inferiority_margin_pct"] = metric.NonInferiorityMarginPct;
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };
}
