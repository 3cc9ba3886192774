namespace Assay.Server.Tests.Hosting;

/// <summary>Design documents as a client writes them.</summary>
internal static class DesignText
{
    /// <summary>A draft that uses what a form shows and what it does not.</summary>
    public const string Rich = """
        {
          "key": "rich", "name": "Rich", "hypothesis": { "statement": "It\npays", "owner": "payments" },
          "setup": { "unit": "visitor", "variations": [ { "key": "a", "value": { "x": [1, null] } }, { "key": "b", "value": null }, { "key": "c" } ], "traffic_split": [2, 1, 1.5], "traffic_allocation": 0.5, "holdout_fraction": 0.1,
                     "expected_daily_traffic": 12000.5, "segments": [ { "attribute": "country", "values": ["DE"] } ] },
          "metrics": { "primary_metric_name": "orders", "event": "order", "metric_type": "count", "direction": "increase", "baseline_value": 2.5, "mde_pct": 5, "minimum_effect_pct": 1, "alpha": 0.1, "power": 0.9, "attribution_window_hours": 48,
            "more_primaries": [ { "name": "revenue", "metric_type": "continuous", "baseline_value": 10, "std_dev": 30, "window_hours": 24 } ],
            "secondary": [ { "name": "visits", "metric_type": "count" } ],
            "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10, "baseline_value": 0.1 } ],
            "covariates": [ { "name": "before", "source": "pre_period" } ] },
          "constraints": { "analysis": "fixed_horizon" }, "policy": { "futility_effect_pct": 2, "prior_success_rate": 0.2 }
        }
        """;

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
