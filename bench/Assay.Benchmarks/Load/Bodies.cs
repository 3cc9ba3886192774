using System.Globalization;
using System.Text;

namespace Assay.Benchmarks.Load;

/// <summary>Request bodies made ahead of sending, so that the driver costs little of the two cores it shares with the server.</summary>
internal static class Bodies
{
    public const string Design =
        """
        { "key": "load", "setup": { "variations": [ { "key": "a" }, { "key": "b" } ] },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 5,
            "secondary": [ { "name": "revenue", "event": "purchase", "metric_type": "continuous" }, { "name": "pageviews", "event": "view", "metric_type": "count" } ],
            "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10 } ] } }
        """;

    private static readonly string[] Names = ["purchase", "view", "view", "refund"];

    /// <summary>Exposures of units [from, from + count), spread over <paramref name="span"/> from <paramref name="start"/>.</summary>
    public static byte[] Exposures(int from, int count, int units, DateTimeOffset start, TimeSpan span)
    {
        var body = new StringBuilder("{\"exposures\":[");
        for (var i = from; i < from + count; i++)
        {
            if (i > from) body.Append(',');
            var at = start + (span * (Scatter(i, units) / (double)units));
            body.Append(CultureInfo.InvariantCulture, $"{{\"user_id\":\"user-{i}\",\"variation_index\":{i & 1},\"occurred_at\":\"{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"}}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    /// <summary>Events [from, from + count) of random units of <paramref name="units"/>, with ids.</summary>
    public static byte[] Events(long from, int count, int units, DateTimeOffset start, TimeSpan span)
    {
        var body = new StringBuilder("{\"events\":[");
        for (var i = from; i < from + count; i++)
        {
            if (i > from) body.Append(',');
            var unit = Scatter(i, units);
            var at = start + (span * (Scatter(unit, units) / (double)units)) + TimeSpan.FromMinutes(i % 3000);
            body.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{Guid(i)}\",\"user_id\":\"user-{unit}\",\"name\":\"{Names[i & 3]}\",\"value\":{(i % 997) / 10.0:0.0},\"occurred_at\":\"{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"}}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    private static string Guid(long i) => $"{Mix((ulong)i):x16}{Mix(~(ulong)i):x16}";

    private static int Scatter(long i, int units) => (int)(Mix((ulong)i) % (ulong)units);

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
