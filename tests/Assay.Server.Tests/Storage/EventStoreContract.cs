using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage;

/// <summary>What every engine owes: any history measured by the store equals the same history measured by the oracle.</summary>
public abstract class EventStoreContract : EventStoreAssertions
{
    private static readonly DateTimeOffset End = History.Origin.AddDays(9);

    /// <summary>Opens the store of a name; the same name again opens the same data.</summary>
    private protected abstract Task<IEventStore> OpenStoreAsync(string name);

    [Fact]
    public Task Any_history_measured_by_the_store_equals_the_history_measured_by_the_oracle() =>
        Gen.Select(History.Items, Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int).SampleAsync(
            async (items, second, third, seed) =>
            {
                var name = NewName();
                var served = new List<(MeasuredExperiment Picture, IngestionCounts Counts)>();
                await using (var store = await OpenStoreAsync(name))
                {
                    await PlayAndCompareAsync(store, items, second, third, seed);
                    foreach (var view in History.Views) served.Add((store.Read(view.Key)!, await store.CountAsync(view.Key, CancellationToken.None)));
                }

                await using var reopened = await OpenStoreAsync(name);
                foreach (var (picture, counts) in served)
                {
                    var restored = reopened.Read(picture.Key)!;
                    AssertSame(picture, restored);
                    Assert.Equal((picture.Watermark, picture.TouchedBy, picture.Rearmed), (restored.Watermark, restored.TouchedBy, restored.Rearmed));
                    Assert.Equivalent(counts, await reopened.CountAsync(picture.Key, CancellationToken.None), strict: true);
                }
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public async Task A_unit_with_very_many_rows_is_measured_like_any_other()
    {
        var items = Enumerable.Range(0, 400).Select(i => new Arrival(
            null, History.Start + (i * History.Hour / 8), null,
            new EventItem(i, "hot", i % 3 == 0 ? "view" : "buy", i * 0.1, History.Start + (i * History.Hour / 8), null, i % 5 == 0 ? null : $"e{i % 350}", null, null), null)).ToList();
        foreach (var (at, arm) in ((int, int)[])[(100, 1), (300, 0)])
            items.Insert(at, new Arrival("one", items[at].ArrivedAt, new ExposureItem(0, "hot", arm, History.Start + ((400 - at) * History.Hour / 40), null, null, null, null), null, null));
        await using var store = await OpenStoreAsync(NewName());
        await PlayAndCompareAsync(store, items, 50, 200, 6);
    }

    /// <summary>Enough units in a commit that they are shared out among threads.</summary>
    [Fact]
    public Task Commits_of_many_units_are_measured_like_any_other() =>
        Gen.Select(History.Items, Gen.Int[0, 3_000], Gen.Int).SampleAsync(
            async (items, second, seed) =>
            {
                await using var store = await OpenStoreAsync(NewName());
                await PlayAndCompareAsync(store, [.. items.SelectMany(item => Enumerable.Range(0, 120).Select(item.Of))], second, 2 * second, seed, together: 1_200);
            },
            iter: 6,
            threads: 1);

    [Theory]
    [InlineData(nameof(FaultyStore.Lose))]
    [InlineData(nameof(FaultyStore.Double))]
    [InlineData(nameof(FaultyStore.Strip))]
    public async Task A_store_that_loses_an_update_doubles_an_event_or_forgets_an_attribute_is_found_out(string fault)
    {
        Arrival[] items =
        [
            .. Enumerable.Range(0, 3).Select(i => new Arrival("one", History.Start, new ExposureItem(i, $"u{i}", i % 2, History.Start, null, null, """{"country":"DE"}""", null), null, null)),
            new Arrival("one", History.Start, null, new EventItem(3, "u0", "buy", 2, History.Start + 1, null, "e", "one", null), null),
        ];
        await using var faithful = await OpenStoreAsync(NewName());
        await PlayAndCompareAsync(faithful, items, 0, 0, 1);
        await using var faulty = new FaultyStore(await OpenStoreAsync(NewName()), fault switch
        {
            nameof(FaultyStore.Lose) => FaultyStore.Lose,
            nameof(FaultyStore.Double) => FaultyStore.Double,
            _ => FaultyStore.Strip,
        });
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => PlayAndCompareAsync(faulty, items, 0, 0, 1));
    }

    [Fact]
    public Task Order_batching_and_replay_do_not_change_a_bit() =>
        Gen.Select(History.Items, Gen.Int).SampleAsync(
            async (items, seed) =>
            {
                var harmless = Harmless(items);
                var shuffled = harmless.ToArray();
                new Random(seed).Shuffle(shuffled);
                await using var straight = await OpenStoreAsync(NewName());
                await using var other = await OpenStoreAsync(NewName());
                foreach (var view in History.Views)
                {
                    await straight.OpenAsync(view, History.Origin, CancellationToken.None);
                    await other.OpenAsync(view, History.Origin, CancellationToken.None);
                }

                foreach (var item in harmless) await straight.CommitAsync([item.Alone()], History.Origin, CancellationToken.None);
                await other.CommitAsync([.. Batches(shuffled)], History.Origin, CancellationToken.None);
                AssertSame(straight, other);
                var watermark = other.Watermark;
                var replay = await other.CommitAsync([.. Batches(harmless)], End, CancellationToken.None);
                Assert.All(replay.SelectMany(outcome => outcome.Fates), fate => Assert.Equal(ItemFate.Duplicate, fate));
                Assert.Equal(watermark, other.Watermark);
                AssertSame(straight, other);
            },
            iter: Histories * 2 / 5,
            threads: 1);

    private protected virtual int Histories => 150;

    /// <summary>How many commits of a history are computed again when it is over.</summary>
    private const int PastCommits = 6;

    /// <summary>Plays a history in groups while experiments open one after the other, then compares what is served, recomputed and expected.</summary>
    private static async Task PlayAndCompareAsync(IEventStore store, IReadOnlyList<Arrival> items, int second, int third, int seed, int? together = null)
    {
        var compacted = History.Views.ToDictionary(view => view.Key, _ => 0L);
        var past = new PastPictures();
        await OpenAsync(History.Views[0], History.Origin);
        for (var i = 0; i < items.Count;)
        {
            if (i >= second) await OpenAsync(History.Views[1], Arrival(items[i]));
            if (i >= third) await OpenAsync(History.Views[2] with { ClosesAt = i % 2 == 0 ? null : History.Start + History.Hour }, Arrival(items[i]));
            var group = items.Skip(i).Take(together ?? 1 + ((seed & 0xFF) % 7)).ToList();
            var watermark = store.Watermark;
            var outcomes = await store.CommitAsync([.. Batches(group)], Arrival(group[^1]), CancellationToken.None);
            Assert.Equal(group.Count, outcomes.Sum(outcome => outcome.Fates.Length));
            if (store.Watermark > watermark)
                foreach (var view in History.Views.Where(view => store.Read(view.Key) is not null)) Compact(view, Arrival(group[^1]));
            past.Note(store, group[^1].ArrivedAt, key => compacted[key]);
            i += group.Count;
        }

        foreach (var view in History.Views) await OpenAsync(view, End);
        foreach (var view in History.Views)
        {
            var picture = store.Read(view.Key)!;
            MeasureOracle.AssertHolds(MeasureOracle.Measure(view, items, compacted[view.Key]), picture);
            MeasureOracle.AssertCounts(view, items, await store.CountAsync(view.Key, CancellationToken.None));
            AssertSameSums(picture, (await store.RecomputeAsync(view.Key, CancellationToken.None))!);
        }

        await past.AssertAllAsync(store, PastCommits);

        async Task OpenAsync(ExperimentView view, DateTimeOffset now)
        {
            if (store.Read(view.Key) is null) Compact(view, now);
            await store.OpenAsync(view, now, CancellationToken.None);
            var watermark = store.Watermark;
            await store.OpenAsync(view, now, CancellationToken.None);
            Assert.Equal(watermark, store.Watermark);
            past.Open(view);
            past.Note(store, Microseconds.Of(now), key => compacted[key]);
        }

        void Compact(ExperimentView view, DateTimeOffset now) =>
            compacted[view.Key] = Math.Max(compacted[view.Key], Microseconds.Of(now.AddDays(-2)) / (24 * History.Hour) * 24 * History.Hour);
    }

    private static DateTimeOffset Arrival(Arrival item) => Microseconds.ToTime(item.ArrivedAt);
}
