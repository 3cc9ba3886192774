using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage;

/// <summary>A clock that is set back and forth: numbers still rise, merged days stay merged, and what is served is what the rows add up to.</summary>
public abstract class ClockContract : EventStoreAssertions
{
    /// <summary>Hours; some steps lead behind what is merged already, some behind the start of the experiments.</summary>
    private static readonly int[] Steps = [0, 1, -1, 30, -30, 24 * 5, -24 * 6, 24 * 40, -24 * 60];
    private static readonly Gen<int> Step = Gen.Int[0, Steps.Length - 1].Select(i => Steps[i]);

    /// <summary>Opens the store of a name; the same name again opens the same data.</summary>
    private protected abstract Task<IEventStore> OpenStoreAsync(string name);

    private protected virtual int Histories => 60;

    [Fact]
    public Task Any_history_under_a_clock_that_wanders_is_measured_like_any_other() =>
        Gen.Select(History.Items, Step.Array[48], Gen.Int[0, 40]).SampleAsync(
            async (drawn, steps, second) =>
            {
                // The clock that stamps an arrival is the one that stamps the commit.
                var clock = steps.Select(step => step * History.Hour).ToArray();
                var items = drawn.Select((item, i) => item with { ArrivedAt = item.ArrivedAt + clock[..(i + 1)].Sum() }).ToList();
                var played = new Played(await OpenStoreAsync(NewName()));
                await PlayAsync(played, items, second);
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public Task A_store_opened_again_under_an_earlier_clock_goes_on() =>
        Gen.Select(History.Items, Step).SampleAsync(
            async (drawn, step) =>
            {
                var name = NewName();
                var half = drawn.Length / 2;
                var later = drawn[half..].Select(item => item with { ArrivedAt = item.ArrivedAt - (24 * 7 * History.Hour) + (step * History.Hour) });
                var before = new Played(await OpenStoreAsync(name));
                await PlayAsync(before, [.. drawn[..half]], second: 0);
                var after = before with { Store = await OpenStoreAsync(name) };
                Assert.Equal(before.Watermark, after.Store.Watermark);
                await PlayAsync(after, [.. later], second: 0);
            },
            iter: Histories / 2,
            threads: 1);

    /// <summary>Items sent again have no commit of their own that orders them.</summary>
    [Fact]
    public async Task What_was_known_before_items_were_sent_again_under_a_clock_set_back_is_told_as_it_was()
    {
        await using var store = await OpenStoreAsync(NewName());
        var (view, committed) = (History.Views[0], History.Start + History.Hour);
        await store.OpenAsync(view, History.Origin, CancellationToken.None);
        await CommitAsync(hours: 1, committed);
        var before = store.Read(view.Key)!;
        await CommitAsync(hours: 2, committed + 100);
        await CommitAsync(hours: 3, committed + 50);
        Assert.Equal((before.Watermark, History.Start + (3 * History.Hour)), (store.Watermark, store.Read(view.Key)!.LastEventAt));
        var again = await store.RecomputeAsync(view.Key, new PastView(view, before.Watermark, committed, long.MinValue), CancellationToken.None);
        Assert.Equal((before.LastEventAt, 1), (again!.LastEventAt, again.Receipts.Values.Sum(totals => totals.Received)));

        Task CommitAsync(int hours, long now) => store.CommitAsync(
            [new Arrival(view.Key, now, new ExposureItem(0, "u", 0, History.Start + (hours * History.Hour), null, null, null, null), null, null).Alone()], Microseconds.ToTime(now), CancellationToken.None);
    }

    /// <summary>Commits item by item at the time that the item tells, and compares with the oracle after each quarter.</summary>
    private static async Task PlayAsync(Played played, List<Arrival> items, int second)
    {
        await using var store = played.Store;
        played.Watermark = store.Watermark;
        if (items.Count == 0) return;
        await played.OpenAsync(0, items[0].ArrivedAt);
        for (var i = 0; i < items.Count; i++)
        {
            if (i >= second) await played.OpenAsync(1, items[i].ArrivedAt);
            await played.CommitAsync(items[i]);
            if (i % 10 == 9) await played.CompareAsync();
        }

        await played.OpenAsync(1, items[^1].ArrivedAt);
        await played.OpenAsync(2, items[^1].ArrivedAt);
        await played.CompareAsync();
    }

    private sealed record Played(IEventStore Store)
    {
        private List<Arrival> Items { get; init; } = [];

        private Dictionary<string, long> Compacted { get; init; } = [];

        public long Watermark { get; set; }

        public async Task OpenAsync(int view, long now)
        {
            var opened = History.Views[view];
            if (Store.Read(opened.Key) is not null) return;
            Compacted[opened.Key] = Midnight(now);
            await Store.OpenAsync(opened, Microseconds.ToTime(now), CancellationToken.None);
            Assert.Equal(++Watermark, Store.Watermark);
        }

        public async Task CommitAsync(Arrival item)
        {
            var outcome = Assert.Single(await Store.CommitAsync([item.Alone()], Microseconds.ToTime(item.ArrivedAt), CancellationToken.None));
            if (outcome.Fates[0] == ItemFate.Recorded)
            {
                Watermark++;
                foreach (var key in Compacted.Keys) Compacted[key] = Math.Max(Compacted[key], Midnight(item.ArrivedAt));
            }

            Assert.Equal((Watermark, Watermark), (outcome.Watermark, Store.Watermark));
            Items.Add(item);
        }

        public async Task CompareAsync()
        {
            foreach (var view in History.Views)
            {
                if (Store.Read(view.Key) is not { } picture) continue;
                MeasureOracle.AssertHolds(MeasureOracle.Measure(view, Items, Compacted[view.Key]), picture);
                MeasureOracle.AssertCounts(view, Items, await Store.CountAsync(view.Key, CancellationToken.None));
                AssertSameSums(picture, (await Store.RecomputeAsync(view.Key, CancellationToken.None))!);
            }
        }

        /// <summary>Whole UTC days that are older than two days are merged.</summary>
        private static long Midnight(long now) => (now - (48 * History.Hour)) / (24 * History.Hour) * 24 * History.Hour;
    }
}
