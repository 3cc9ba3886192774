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
            body.Append(CultureInfo.InvariantCulture, $"{{\"user_id\":\"user-{i}\",\"variation_index\":{i & 1},\"occurred_at\":\"{ExposedAt(i, units, start, span):yyyy-MM-ddTHH:mm:ss.ffffffZ}\"}}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    /// <summary>Events [from, from + count) of random units of <paramref name="units"/>, with ids.</summary>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="units">Units whose events they are.</param>
    /// <param name="start">When the first unit came.</param>
    /// <param name="span">Over which units came.</param>
    /// <param name="hot">A unit that has every second event; null when there is none.</param>
    public static byte[] Events(long from, int count, int units, DateTimeOffset start, TimeSpan span, HotUnit? hot = null)
    {
        var body = new StringBuilder("{\"events\":[");
        for (var i = from; i < from + count; i++)
        {
            if (i > from) body.Append(',');
            var e = hot is not null && (i & 1) == 0 ? hot.Event(i) : Event(i, units, start, span);
            body.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{e.Id}\",\"user_id\":\"{e.User}\",\"name\":\"{e.Name}\",\"value\":{e.Value:0.0},\"occurred_at\":\"{e.At:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"}}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    /// <summary>When unit <paramref name="i"/> was exposed.</summary>
    public static DateTimeOffset ExposedAt(int i, int units, DateTimeOffset start, TimeSpan span) => start + (span * (Scatter(i, units) / (double)units));

    /// <summary>Event <paramref name="i"/>: its id never comes twice, and its unit is any.</summary>
    public static WrittenEvent Event(long i, int units, DateTimeOffset start, TimeSpan span)
    {
        var unit = Scatter(i, units);
        return new WrittenEvent(Guid(i), $"user-{unit}", NameOf(i), ValueOf(i), ExposedAt(unit, units, start, span) + TimeSpan.FromMinutes(i % 3000));
    }

    public static string NameOf(long i) => Names[i & 3];

    public static double ValueOf(long i) => (i % 997) / 10.0;

    public static string Guid(long i) => $"{Mix((ulong)i):x16}{Mix(~(ulong)i):x16}";

    private static int Scatter(long i, int units) => (int)(Mix((ulong)i) % (ulong)units);

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>An event as a body or a store takes it.</summary>
internal readonly record struct WrittenEvent(string Id, string User, string Name, double Value, DateTimeOffset At);

/// <summary>The one unit that has many events, all in its window.</summary>
internal sealed record HotUnit(DateTimeOffset ExposedAt)
{
    public const string User = "hot";

    public WrittenEvent Event(long i) => new(Bodies.Guid(i), User, Bodies.NameOf(i >> 1), Bodies.ValueOf(i), ExposedAt + TimeSpan.FromMinutes(i % 4000));
}
