using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Tests.Designs;

/// <summary>Design documents to start from, and small changes to them.</summary>
internal static class Documents
{
    /// <summary>The contract's example.</summary>
    public const string Contract = """
        {
          "key": "checkout-redesign",
          "name": "Checkout redesign",
          "hypothesis": { "statement": "A one-page checkout raises completed purchases", "owner": "payments" },
          "setup": {
            "unit": "user",
            "variations": [ { "key": "control", "value": false }, { "key": "one-page", "value": true } ],
            "traffic_split": [50, 50],
            "traffic_allocation": 1.0,
            "holdout_fraction": 0.0,
            "expected_daily_traffic": 12000,
            "segments": [ { "attribute": "country", "values": ["DE", "FR"] } ],
            "targeting": null,
            "layer": null
          },
          "metrics": {
            "primary_metric_name": "purchase", "metric_type": "binary", "direction": "increase",
            "baseline_value": 0.042, "mde_pct": 5, "minimum_effect_pct": 0, "alpha": 0.05, "power": 0.8,
            "attribution_window_hours": 72,
            "secondary":  [ { "name": "revenue", "event": "purchase", "metric_type": "continuous", "direction": "increase" } ],
            "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10 } ],
            "covariates": [ { "name": "revenue_before", "source": "pre_period" } ]
          },
          "constraints": { "analysis": "always_valid", "n_looks": 1, "spending": "obrien_fleming", "multiplicity": "holm" }
        }
        """;

    /// <summary>Only what is required.</summary>
    public const string Smallest = """
        {
          "key": "smallest",
          "setup": { "variations": [ { "key": "a" }, { "key": "b" } ] },
          "metrics": { "primary_metric_name": "bought", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 10 }
        }
        """;

    public static DesignReading Read(string json) => DesignReader.Read(JsonElement.Parse(json));

    public static Design Design(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Errors);
        return reading.Design!;
    }

    /// <summary>The contract's example with one field set to a JSON text, or removed when that is empty.</summary>
    public static string Change(string pointer, string json) => Change(Contract, pointer, json);

    /// <summary>A document with one field, member, or new last member ('-') set to a JSON text, or removed when that is empty.</summary>
    public static string Change(string document, string pointer, string json)
    {
        var root = JsonNode.Parse(document)!;
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[Index(step)]! : node[step]!);
        var value = json.Length == 0 ? null : JsonNode.Parse(json);
        switch (parent)
        {
            case JsonArray list when steps[^1] is "-":
                list.Add(value);
                break;
            case JsonArray list:
                list[Index(steps[^1])] = value;
                break;
            case var _ when json.Length == 0:
                parent.AsObject().Remove(steps[^1]);
                break;
            default:
                parent[steps[^1]] = value;
                break;
        }

        return root.ToJsonString();
    }

    /// <summary>The errors of a document, one line each, sorted: pointer and code.</summary>
    public static string Errors(string document) =>
        string.Join('\n', Read(document).Errors.Select(error => $"{error.Pointer} {error.Code}").Order(StringComparer.Ordinal));

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
