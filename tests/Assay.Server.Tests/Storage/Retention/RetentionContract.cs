using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage.Retention;

/// <summary>What every engine owes to rows that go: any history with retentions in the middle is measured like the rows that may still be seen, and what is sealed stays bit for bit.</summary>
public abstract class RetentionContract : EventStoreAssertions
{
    private const long Day = 24 * History.Hour;
    private static readonly long?[] Ends = [null, 40, 61, 61, 80, 110];

    private protected abstract int Histories { get; }

    /// <summary>Opens the store of a name; the same name again opens the same data.</summary>
    private protected abstract Task<IEventStore> OpenStoreAsync(string name);

    /// <summary>What is there of rows, seen or not, and of user ids.</summary>
    private protected abstract Task<(RowCounts Rows, ISet<string> Users)> StoredAsync(string name);

    [Fact]
    public Task Any_history_with_retentions_is_measured_like_the_rows_that_may_be_seen_whatever_commits_come_while_rows_are_removed() =>
        Gen.Select(History.Items, Gen.Int[0, Ends.Length - 1].Array[3], Gen.Int[-30, 130].Array[2], Gen.Int[0, 12], Gen.Int[0, 9], Gen.Bool).SampleAsync(
            async (items, ends, before, steps, luck, isLate) =>
            {
                var name = NewName();
                var play = new RetentionPlay([.. History.Views.Select((view, i) => view with { ClosesAt = Ends[ends[i]] is { } hours ? History.Start + (hours * History.Hour) : null })]);
                var now = History.Origin.AddDays(isLate ? 30 : 10);
                var (cut, end) = (items.Length / 2, items.Length * 3 / 4);
                await using (var store = await OpenStoreAsync(name))
                {
                    var retention = (IRowRetention)store;
                    await play.OpenAsync(store);
                    await play.CommitAsync(store, items[..cut]);
                    if (luck < 3) await play.ExcludeAsync(store, $"u{luck}");
                    await play.RetainAsync(store, retention, At(before[0]), now);
                    await play.CheckAsync(store);

                    // Commits come between the parts.
                    for (var i = 0; i < steps; i++)
                    {
                        await retention.SweepAsync(now, CancellationToken.None);
                        await play.CommitAsync(store, items[cut..end].Where((_, place) => place % Math.Max(1, steps) == i));
                    }

                    if (luck is 3 or 4) await play.ExcludeAsync(store, $"u{luck - 3}");
                    if (luck is 5 or 6) await play.EraseAsync(store, $"u{luck - 5}");
                    await play.CommitAsync(store, items);
                    await play.CheckAsync(store);
                }

                // Whatever was not done when it ended is done by who comes after.
                await using var reopened = await OpenStoreAsync(name);
                await play.CheckAsync(reopened);
                await play.RetainAsync(reopened, (IRowRetention)reopened, At(before[1]), now);
                await SweepAsync(reopened, now);
                await play.CommitAsync(reopened, items);
                await play.CheckAsync(reopened);
                var (rows, users) = await StoredAsync(name);
                Assert.Equal(play.Rows, rows);
                Assert.Equal(play.Users, users);
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public async Task An_id_is_free_from_the_commit_on_whether_its_row_is_still_there_or_not()
    {
        await using var store = await OpenStoreAsync(NewName());
        Assert.Equal(ItemFate.Recorded, await SendAsync("u", History.Start));
        Assert.Equal(ItemFate.Conflict, await SendAsync("v", History.Start + Day));
        await ((IRowRetention)store).RetainAsync(History.Start + 1, "tester", History.Origin.AddDays(3), CancellationToken.None);
        Assert.Equal(ItemFate.BeforeRetention, await SendAsync("u", History.Start));
        Assert.Equal(ItemFate.Recorded, await SendAsync("v", History.Start + Day));
        Assert.Equal(ItemFate.Duplicate, await SendAsync("v", History.Start + Day));
        await SweepAsync(store, History.Origin.AddDays(3));
        Assert.Equal(ItemFate.Duplicate, await SendAsync("v", History.Start + Day));
        Assert.Equal(ItemFate.Conflict, await SendAsync("u", History.Start + (2 * Day)));
        Assert.Null(await store.EraseAsync("u", "tester", History.Origin, CancellationToken.None));

        async Task<ItemFate> SendAsync(string user, long at)
        {
            var batch = new Batch(null, at) { Events = [new EventItem(0, user, "buy", 1, at, null, "the id", null, null), new EventItem(1, "other", "buy", 1, at, null, null, null, null)] };
            return (await store.CommitAsync([batch], Microseconds.ToTime(at), CancellationToken.None))[0].Fates[0];
        }
    }

    [Fact]
    public async Task Who_is_only_named_by_what_is_refused_is_removed_all_the_same_and_new_when_seen_again()
    {
        var name = NewName();
        await using var store = await OpenStoreAsync(name);
        foreach (var user in (string[])["u", "v"]) Assert.Equal(ItemFate.Recorded, await SendAsync(user, History.Start));
        await ((IRowRetention)store).RetainAsync(History.Start + 1, "tester", History.Origin.AddDays(3), CancellationToken.None);

        // Remembered by the number that it still has.
        Assert.Equal(ItemFate.BeforeRetention, await SendAsync("u", History.Start));
        await SweepAsync(store, History.Origin.AddDays(3));
        Assert.Equal(ItemFate.Recorded, await SendAsync("u", History.Start + Day));
        var (rows, users) = await StoredAsync(name);
        Assert.Equal((1, "u"), (rows.Events, Assert.Single(users)));
        Assert.Equal(1, (await store.EraseAsync("u", "tester", History.Origin, CancellationToken.None))!.Rows.Events);

        async Task<ItemFate> SendAsync(string user, long at) =>
            (await store.CommitAsync([new Batch(null, at) { Events = [new EventItem(0, user, "buy", 1, at, null, null, null, null)] }], Microseconds.ToTime(at), CancellationToken.None))[0].Fates[0];
    }

    [Fact]
    public async Task A_person_is_measured_whole_whatever_is_refused_of_one_of_its_units()
    {
        await using var store = await OpenStoreAsync(NewName());
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        await SendAsync([Buy("anonymous", 1), Buy("anonymous", 2)], new ExposureItem(0, "anonymous", 1, History.Start, null, null, null, null));
        await store.LinkAsync([new LinkBatch([new LinkItem(0, "anonymous", "user")], IsLifting: false, "tester")], History.Origin, CancellationToken.None);
        await SendAsync([Buy("anonymous", 3), Buy("user", 4)]);
        await ((IRowRetention)store).RetainAsync(History.Start - Day, "tester", History.Origin, CancellationToken.None);
        Assert.Equal([ItemFate.BeforeRetention, ItemFate.Recorded], await SendAsync([Buy("anonymous", 5) with { At = History.Start - Day - 1 }, Buy("user", 6)]));
        AssertSameSums((await store.RecomputeAsync("one", CancellationToken.None))!, store.Read("one")!);
        Assert.Equal(16, store.Read("one")!.Accumulators.Single(entry => entry.Key is { Metric: "revenue", Slice: "" }).Value.ToMoments().Means[0]);

        async Task<IEnumerable<ItemFate>> SendAsync(EventItem[] events, params ExposureItem[] exposures) =>
            (await store.CommitAsync([new Batch("one", History.Start) { Exposures = [.. exposures], Events = [.. events] }], History.Origin, CancellationToken.None))[0].Fates.Skip(exposures.Length);

        static EventItem Buy(string user, double value) => new(0, user, "buy", value, History.Start + (long)(value * History.Hour), null, null, "one", null);
    }

    [Fact]
    public async Task An_experiment_cannot_be_opened_before_the_horizon_and_one_that_is_sealed_stays_as_it_is()
    {
        await using var store = await OpenStoreAsync(NewName());
        var closed = History.Views[0] with { ClosesAt = History.Start + Day };
        await store.OpenAsync(closed, History.Origin, CancellationToken.None);
        await store.CommitAsync([new Batch("one", History.Start) { Exposures = [new ExposureItem(0, "u", 0, History.Start, null, null, null, null)] }], History.Origin, CancellationToken.None);
        var before = store.Read("one")!;
        await ((IRowRetention)store).RetainAsync(History.Start + (2 * Day), "tester", History.Origin.AddDays(30), CancellationToken.None);
        var early = await Assert.ThrowsAsync<BeforeRetentionException>(() => store.OpenAsync(History.Views[1], History.Origin.AddDays(30), CancellationToken.None));
        Assert.Equal(History.Start + (2 * Day), early.Horizon);
        Assert.Null(store.Read("two"));
        await store.OpenAsync(History.Views[1] with { StartedAt = early.Horizon }, History.Origin.AddDays(30), CancellationToken.None);
        await store.OpenAsync(closed with { ClosesAt = null }, History.Origin.AddDays(30), CancellationToken.None);
        AssertSameSums(before, store.Read("one")!);
        Assert.Equal(before.TouchedBy, store.Read("one")!.TouchedBy);
    }

    [Fact]
    public async Task A_store_that_has_lost_a_row_of_an_open_experiment_is_found_out()
    {
        await using var store = await OpenStoreAsync(NewName());
        var play = new RetentionPlay(History.Views);
        await play.OpenAsync(store);
        await play.CommitAsync(store, [new Arrival("one", History.Start, new ExposureItem(0, "u0", 0, History.Start, null, null, null, null), null, null)]);
        await play.RetainAsync(store, (IRowRetention)store, History.Start + Day, History.Origin.AddDays(30));
        await SweepAsync(store, History.Origin.AddDays(30));
        await play.CheckAsync(store);
        await store.EraseAsync("u0", "somebody else", History.Origin, CancellationToken.None);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => play.CheckAsync(store));
    }

    private static async Task SweepAsync(IEventStore store, DateTimeOffset now)
    {
        while (!(await ((IRowRetention)store).SweepAsync(now, CancellationToken.None)).IsDone)
        {
        }
    }

    private static long At(int hours) => History.Start + (hours * History.Hour);
}
