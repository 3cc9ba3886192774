using System.Collections.Immutable;

namespace Assay.Server.Cli.Simulation;

/// <summary>The three experiments of the demo: one with something to find, one with nothing, one that is broken.</summary>
internal static class DemoExperiments
{
    public static ImmutableArray<DemoExperiment> All { get; } =
    [
        new(
            """
            {
              "key": "demo-one-page-checkout",
              "name": "One-page checkout (simulated: a true winner)",
              "hypothesis": { "statement": "Simulated data. Checkout on one page raises completed purchases; the truth behind it is +25%.", "owner": "demo" },
              "setup": {
                "variations": [ { "key": "three-pages", "value": false }, { "key": "one-page", "value": true } ],
                "expected_daily_traffic": 900,
                "segments": [ { "attribute": "platform", "values": ["ios", "android", "web"] } ]
              },
              "metrics": {
                "primary_metric_name": "purchase", "metric_type": "binary", "direction": "increase",
                "baseline_value": 0.10, "mde_pct": 20, "attribution_window_hours": 72,
                "secondary": [
                  { "name": "revenue", "event": "purchase", "metric_type": "continuous", "direction": "increase", "baseline_value": 4.2 },
                  { "name": "added to cart within the hour", "event": "add_to_cart", "metric_type": "binary", "window_hours": 1, "baseline_value": 0.3 }
                ],
                "guardrails": [
                  { "name": "support contacts", "event": "support_contact", "metric_type": "binary", "direction": "decrease", "baseline_value": 0.05, "non_inferiority_margin_pct": 40 }
                ],
                "covariates": [ { "name": "revenue_before", "source": "pre_period" } ]
              }
            }
            """,
            UnitsPerDay: 900,
            LiveUnitsPerSecond: 0.8,
            truth => truth with { DuplicateShare = 0.02, Events = [.. truth.Events.Select(e => e with { EffectPct = e.Name is "purchase" or "add_to_cart" ? 25 : 0 })] }),
        new(
            """
            {
              "key": "demo-search-ranking",
              "name": "Search ranking (simulated: an A/A test)",
              "hypothesis": { "statement": "Simulated data. Both arms are the same; an honest platform finds nothing, however often it is read.", "owner": "demo" },
              "setup": {
                "variations": [ { "key": "ranking-a", "value": "a" }, { "key": "ranking-a-again", "value": "a" } ],
                "expected_daily_traffic": 700
              },
              "metrics": {
                "primary_metric_name": "result opened", "metric_type": "binary", "direction": "increase",
                "baseline_value": 0.35, "mde_pct": 8, "attribution_window_hours": 24,
                "secondary": [ { "name": "searches", "event": "search", "metric_type": "count", "direction": "increase", "baseline_value": 2.4 } ]
              }
            }
            """,
            UnitsPerDay: 700,
            LiveUnitsPerSecond: 0.6,
            truth => truth with { DuplicateShare = 0.01 }),
        new(
            """
            {
              "key": "demo-signup-copy",
              "name": "Sign-up copy (simulated: a planted sample-ratio fault)",
              "hypothesis": { "statement": "Simulated data. One exposure in eight of the treatment is lost on the way, so its numbers cannot be trusted.", "owner": "demo" },
              "setup": {
                "variations": [ { "key": "plain", "value": "plain" }, { "key": "friendly", "value": "friendly" } ],
                "expected_daily_traffic": 800
              },
              "metrics": {
                "primary_metric_name": "signed up", "metric_type": "binary", "direction": "increase",
                "baseline_value": 0.08, "mde_pct": 15, "attribution_window_hours": 48,
                "guardrails": [ { "name": "abuse report", "metric_type": "binary", "direction": "decrease", "baseline_value": 0.02, "non_inferiority_margin_pct": 50 } ]
              }
            }
            """,
            UnitsPerDay: 800,
            LiveUnitsPerSecond: 0.7,
            truth => truth with { LostShare = 0.125 }),
    ];
}

/// <param name="Design">The design document.</param>
/// <param name="UnitsPerDay">Units a day of back-dated history.</param>
/// <param name="LiveUnitsPerSecond">Mean arrivals while the demo runs.</param>
/// <param name="Bend">Turns a truth as expected into the truth that is planted.</param>
internal sealed record DemoExperiment(string Design, int UnitsPerDay, double LiveUnitsPerSecond, Func<Truth, Truth> Bend);
