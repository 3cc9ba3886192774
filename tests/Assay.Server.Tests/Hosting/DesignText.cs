namespace Assay.Server.Tests.Hosting;

/// <summary>Design documents as a client writes them.</summary>
internal static class DesignText
{
    public static string Minimal(string key, double mdePct = 5) =>
        $$"""
        {
          "key": "{{key}}",
          "setup": { "variations": [ { "key": "control", "value": false }, { "key": "one-page", "value": { "pages": 1 } } ] },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.042, "mde_pct": {{mdePct}} }
        }
        """;

    public static string WithTraffic(string key, double allocation, double holdout) =>
        $$"""
        {
          "key": "{{key}}",
          "setup": {
            "variations": [ { "key": "control", "value": 1 }, { "key": "one-page", "value": 2 } ],
            "traffic_allocation": {{allocation}}, "holdout_fraction": {{holdout}}
          },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.042, "mde_pct": 5 }
        }
        """;
}
