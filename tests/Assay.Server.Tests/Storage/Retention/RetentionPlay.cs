using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage.Retention;

/// <summary>Plays items and retentions into a store, and knows what must have come of them.</summary>
/// <param name="views">The experiments, all opened at the beginning.</param>
internal sealed class RetentionPlay(ImmutableArray<ExperimentView> views)
{
    private const long Day = 24 * History.Hour;
    private readonly HashSet<string> _excluded = [];
    private readonly Dictionary<string, (MeasuredExperiment Picture, IngestionCounts Counts)> _sealed = [];
    private readonly List<Arrival> _kept = [];
    private long _compacted = Start(History.Start);
    private int _recorded;

    public long Horizon { get; private set; } = RetentionPlan.Nowhere;

    /// <summary>Rows that may still be seen, by kind.</summary>
    public RowCounts Rows => new(_kept.Count(item => item.Exposure is not null), _kept.Count(item => item.Event is not null), _kept.Count(item => item.Covariate is not null));

    /// <summary>Those who have a row that may be seen, or an exclusion in force.</summary>
    public ISet<string> Users => _kept.Select(UserOf).Concat(_excluded).ToHashSet(StringComparer.Ordinal);

    public async Task OpenAsync(IEventStore store)
    {
        foreach (var view in views) await store.OpenAsync(view, History.Origin, CancellationToken.None);
    }

    /// <summary>Commits each item by itself; what is of a time before the horizon, or of a sealed experiment, must be refused, and nothing else.</summary>
    public async Task CommitAsync(IEventStore store, IEnumerable<Arrival> items)
    {
        foreach (var item in items)
        {
            var watermark = store.Watermark;
            var outcome = await store.CommitAsync([item.Alone()], Microseconds.ToTime(item.ArrivedAt), CancellationToken.None);
            var fate = Assert.Single(outcome[0].Fates);
            Assert.Equal(HasGone(item), fate == ItemFate.BeforeRetention);
            if (fate == ItemFate.Recorded) _kept.Add(Told(item));
            if (store.Watermark > watermark) _compacted = Math.Max(_compacted, Start(item.ArrivedAt));
        }
    }

    public async Task RetainAsync(IEventStore store, IRowRetention retention, long before, DateTimeOffset now)
    {
        var (horizon, sealing) = Expected(before, Microseconds.Of(now));
        foreach (var key in sealing) _sealed.Add(key, (store.Read(key)!, await store.CountAsync(key, CancellationToken.None)));
        var moves = horizon > Horizon;
        var going = _kept.Where(item => Goes(item, horizon, sealing)).ToList();
        var planned = await retention.PlanAsync(before, now, CancellationToken.None);
        Assert.Equal(Count(going), await retention.PreviewAsync(planned, CancellationToken.None));
        var watermark = store.Watermark;
        var (plan, number) = await retention.RetainAsync(before, "tester", now, CancellationToken.None);
        Assert.Equivalent(planned, plan, strict: true);
        Assert.Equal((moves, watermark + (moves ? 1 : 0), number), (plan.Moves, number, store.Watermark));
        Assert.Equal(sealing, plan.Sealed);
        Assert.Equal(Math.Max(horizon, Horizon), plan.Horizon);
        if (!moves) return;
        Assert.Equal(horizon < before, plan.HeldBy is not null);
        Horizon = horizon;
        _kept.RemoveAll(going.Contains);
    }

    public async Task ExcludeAsync(IEventStore store, string user)
    {
        await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, user, null, "a bot")], IsLifting: false, "tester"), History.Origin, CancellationToken.None);
        _excluded.Add(user);
    }

    public async Task EraseAsync(IEventStore store, string user)
    {
        if (await store.EraseAsync(user, "tester", History.Origin, CancellationToken.None) is { } erased) Assert.Equal(_sealed.Count, erased.SealedExperiments);
        _excluded.Remove(user);
        _kept.RemoveAll(item => UserOf(item) == user);
    }

    /// <summary>What is open is what the rows that may be seen come to; what is sealed is bit for bit as it was.</summary>
    public async Task CheckAsync(IEventStore store)
    {
        foreach (var view in views)
        {
            var picture = store.Read(view.Key)!;
            var recomputed = (await store.RecomputeAsync(view.Key, CancellationToken.None))!;
            var counts = await store.CountAsync(view.Key, CancellationToken.None);
            if (_sealed.TryGetValue(view.Key, out var before))
            {
                Assert.NotNull(picture.SealedAt);
                Assert.NotNull(recomputed.SealedAt);
                AssertSame(before.Picture, picture);
                Assert.Equal((before.Picture.TouchedBy, before.Picture.LastEventAt, before.Picture.Rearmed, before.Picture.Erased), (picture.TouchedBy, picture.LastEventAt, picture.Rearmed, picture.Erased));
                Assert.Equal((before.Counts.ExposureRows, before.Counts.EventRows), (counts.ExposureRows, counts.EventRows));
                continue;
            }

            Assert.Null(picture.SealedAt);
            MeasureOracle.AssertHolds(MeasureOracle.Measure(view, _kept, _compacted, _excluded.Contains), picture);
            MeasureOracle.AssertCounts(view, _kept, counts);
            AssertSame(picture, recomputed);
        }
    }

    private static void AssertSame(MeasuredExperiment left, MeasuredExperiment right)
    {
        Assert.Equal(left.Accumulators.Keys.ToHashSet(), right.Accumulators.Keys.ToHashSet());
        Assert.All(left.Accumulators, entry => Assert.Equal(entry.Value.Encode(), right.Accumulators[entry.Key].Encode()));
    }

    /// <summary>An item without an id that comes again is another one.</summary>
    private Arrival Told(Arrival item) => item.Event is { } e ? item with { Event = e with { Index = --_recorded } } : item;

    private static RowCounts Count(List<Arrival> items) =>
        new(items.Count(item => item.Exposure is not null), items.Count(item => item.Event is not null), items.Count(item => item.Covariate is not null));

    private static long Start(long now) => (now - (2 * Day)) / Day * Day;

    private static string UserOf(Arrival item) => item.Exposure?.UserId ?? item.Event?.UserId ?? item.Covariate!.UserId;

    private static bool Goes(Arrival item, long horizon, IReadOnlyList<string> sealing) => item.Event is { } e ? e.At < horizon : sealing.Contains(item.Experiment);

    private bool HasGone(Arrival item) => item.Event is { } e ? e.At < Horizon : _sealed.ContainsKey(item.Experiment!) || item.Exposure?.At < Horizon;

    /// <summary>By trying: the latest time that cuts no experiment in two and is before no open one's end.</summary>
    private (long Horizon, List<string> Sealing) Expected(long before, long now)
    {
        var open = views.Where(view => !_sealed.ContainsKey(view.Key)).ToList();
        bool IsOver(ExperimentView view, long horizon) => view.ClosesAt is { } closes && closes <= horizon && now - closes >= 7 * Day;
        var horizon = open.Select(view => view.StartedAt).Append(before).Where(time => time <= before && open.All(view => view.StartedAt >= time || IsOver(view, time))).Max();
        return horizon > Horizon ? (horizon, open.Where(view => view.StartedAt < horizon).Select(view => view.Key).Order(StringComparer.Ordinal).ToList()) : (horizon, []);
    }
}
