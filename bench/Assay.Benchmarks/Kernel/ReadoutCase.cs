using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Benchmarks.Kernel;

/// <summary>A whole readout of 3 arms and 10 metrics, from moments that are there to the answer that would be written.</summary>
internal static class ReadoutCase
{
    private const string Design =
        """
        { "key": "kernel", "setup": { "variations": [ { "key": "a" }, { "key": "b" }, { "key": "c" } ] },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 5,
            "secondary": [
              { "name": "revenue", "event": "purchase", "metric_type": "continuous" }, { "name": "pageviews", "event": "view", "metric_type": "count" },
              { "name": "signup", "metric_type": "binary" }, { "name": "search", "metric_type": "binary" }, { "name": "searches", "event": "search", "metric_type": "count" },
              { "name": "basket", "event": "signup", "metric_type": "continuous" }, { "name": "return", "metric_type": "binary" } ],
            "guardrails": [
              { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10 },
              { "name": "latency", "metric_type": "continuous", "direction": "decrease", "non_inferiority_margin_pct": 5 } ] } }
        """;

    private static readonly (string Event, int Every)[] Events = [("purchase", 10), ("view", 2), ("signup", 12), ("search", 4), ("return", 15), ("refund", 40), ("latency", 1)];

    public static IEnumerable<(string Name, Action Work)> All()
    {
        var design = DesignReader.Read(JsonDocument.Parse(Design).RootElement).Design!;
        var started = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        var input = new ReadoutInput(design, Pricing.Price(design), design.Key, "running", 1, 1, Measure(design, started), [], started.AddDays(60), false, Final: false);
        yield return ("readout, 3 arms × 10 metrics", () => _kept = Readout.Analyse(input));
    }

    private static Readout? _kept;

    private static MeasuredExperiment Measure(Design design, DateTimeOffset started)
    {
        var view = ExperimentViews.Of(design, 1, started, null);
        var set = new AccumulatorSet(view, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty, 0);
        var measure = new UnitMeasure(view);
        var at = (started.ToUnixTimeMilliseconds() * 1000) + 1;
        for (var i = 0; i < 150_000; i++)
        {
            // Sevenfold strides of a prime, so that arms differ a little and events fall independently of arms.
            var events = Events.Index().Where(one => (i * 7919L / 3) % (one.Item.Every + (i % 3 == 1 ? one.Index % 2 : 0)) == 0).Select(one => new EventRow(one.Item.Event, at + 1, (i * 31 % 997) / 10.0, at, null));
            if (measure.Measure([new ExposureRow(at, i % 3, "")], [.. events], []) is { } unit) set.Add(unit);
        }

        set.CompactThrough(Maturity.CompactedThrough(at + (59L * 24 * 3_600_000_000L)));
        return new MeasuredExperiment(design.Key, 1, 1, null, 0, set.ToImmutable());
    }
}
