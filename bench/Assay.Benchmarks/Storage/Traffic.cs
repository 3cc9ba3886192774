using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Benchmarks.Storage;

/// <summary>Seeded traffic over 21 days: a quarter of the items are first exposures, the rest events with random 36-character ids by units already exposed.</summary>
internal sealed class Traffic
{
    private const long Day = 86_400_000_000;
    private readonly Random _random;
    private readonly List<long> _exposedAt = [];
    private readonly long _now;

    /// <param name="now">The present.</param>
    /// <param name="filled">Units that the storage has been filled with.</param>
    /// <param name="seed">Another one makes other items.</param>
    public Traffic(DateTimeOffset now, int filled = 0, int seed = 1)
    {
        _random = new Random(seed);
        _now = (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        View = new ExperimentView(
            "bench", 1, _now - (21 * Day), 2,
            [
                new MetricPlan("purchase", "purchase", Aggregate.Any, TimeSpan.FromHours(72)),
                new MetricPlan("revenue", "purchase", Aggregate.Sum, TimeSpan.FromHours(72)),
                new MetricPlan("refund", "refund", Aggregate.Any, TimeSpan.FromHours(72)),
            ],
            ["revenue_before"]);
        for (var i = 0; i < filled; i++) _exposedAt.Add(View.StartedAt + (i * 1_728_000L));
    }

    public ExperimentView View { get; }

    public int Units => _exposedAt.Count;

    public int Events { get; private set; }

    public int Items => Units + Events;

    public Batch Next(int size)
    {
        var exposures = new List<ExposureItem>();
        var events = new List<EventItem>();
        for (var i = 0; i < size; i++)
        {
            if (Units == 0 || _random.Next(4) == 0) exposures.Add(Exposure(i));
            else events.Add(Event(i));
        }

        return new Batch(View.Key, _now) { Exposures = [.. exposures], Events = [.. events] };
    }

    private ExposureItem Exposure(int index)
    {
        var at = View.StartedAt + _random.NextInt64(20 * Day);
        _exposedAt.Add(at);
        return new ExposureItem(index, User(Units - 1), _random.Next(2), at, at, null, null, null);
    }

    private EventItem Event(int index)
    {
        Events++;
        var user = _random.Next(Units);
        var at = Math.Min(_exposedAt[user] + _random.NextInt64(2 * Day), _now);
        Span<byte> id = stackalloc byte[16];
        _random.NextBytes(id);
        return new EventItem(
            index, User(user), _random.Next(20) == 0 ? "refund" : "purchase", Math.Round(_random.NextDouble() * 100, 2), at, at, new Guid(id).ToString(), View.Key, null);
    }

    /// <summary>The id of a unit.</summary>
    public static string User(int number) => $"user-{number:x8}-{number * 2654435761L:x12}";
}
