using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage.Hygiene;

/// <summary>What every engine owes to links: all ids of a person are measured as one, whenever, however and in whatever order they were linked, and as two again when a link is lifted.</summary>
public abstract class LinkContract : EventStoreAssertions
{
    private static readonly DateTimeOffset End = History.Origin.AddDays(9);

    private protected abstract int Histories { get; }

    /// <summary>Opens the store of a name; the same name again opens the same data.</summary>
    private protected abstract Task<IEventStore> OpenStoreAsync(string name);

    [Fact]
    public Task Any_history_with_links_lifts_exclusions_and_erasures_is_measured_like_the_oracle_and_after_a_restart_goes_on_the_same() =>
        Gen.Select(History.Items, HygieneAction.SomeOfPersons, Gen.Int[0, 40], Gen.Int[1, 7]).SampleAsync(
            async (items, actions, second, together) =>
            {
                var name = NewName();
                var cut = items.Length / 2;
                var play = new HygienePlay(second, together);
                await using (var store = await OpenStoreAsync(name))
                {
                    await play.RunAsync(store, items[..cut], [.. actions.Where(action => action.Before < cut)]);
                    await play.CheckAsync(store);
                }

                await using var reopened = await OpenStoreAsync(name);
                await play.RunAsync(reopened, items[cut..], [.. actions.Where(action => action.Before >= cut).Select(action => action with { Before = action.Before - cut })]);
                await play.OpenAllAsync(reopened, End);
                await play.CheckAsync(reopened);
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public Task Order_batching_and_replay_of_links_and_rows_do_not_change_a_bit() =>
        Gen.Select(History.Items, Tree, Gen.Int).SampleAsync(
            async (items, links, seed) =>
            {
                var random = new Random(seed);
                var harmless = Harmless(items);
                await using var straight = await OpenStoreAsync(NewName());
                await using var other = await OpenStoreAsync(NewName());
                foreach (var view in History.Views)
                {
                    await straight.OpenAsync(view, History.Origin, CancellationToken.None);
                    await other.OpenAsync(view, History.Origin, CancellationToken.None);
                }

                await LinkAsync(straight, links);
                foreach (var item in harmless) await straight.CommitAsync([item.Alone()], History.Origin, CancellationToken.None);

                var (shuffled, pairs) = (harmless.ToArray(), links.ToArray());
                random.Shuffle(shuffled);
                random.Shuffle(pairs);
                var (rows, linked) = (random.Next(shuffled.Length + 1), random.Next(pairs.Length + 1));
                await LinkAsync(other, pairs[..linked]);
                await other.CommitAsync([.. Batches(shuffled[..rows])], History.Origin, CancellationToken.None);
                foreach (var pair in pairs[linked..]) await LinkAsync(other, [pair]);
                await other.CommitAsync([.. Batches(shuffled[rows..])], History.Origin, CancellationToken.None);
                AssertSame(straight, other);

                var watermark = other.Watermark;
                var replay = await other.CommitAsync([.. Batches(harmless)], End, CancellationToken.None);
                Assert.All(replay.SelectMany(outcome => outcome.Fates), fate => Assert.Equal(ItemFate.Duplicate, fate));
                Assert.All(await LinkAsync(other, links), fate => Assert.Equal(LinkFate.Duplicate, fate));
                Assert.Equal(watermark, other.Watermark);
                AssertSame(straight, other);
            },
            iter: Histories / 2,
            threads: 1);

    [Fact]
    public Task When_every_link_is_lifted_no_bit_tells_that_there_was_one() =>
        Gen.Select(History.Items, HygieneAction.SomeOfPersons, Gen.Int[0, 40], Gen.Int[1, 7]).SampleAsync(
            async (items, actions, second, together) =>
            {
                var linking = actions.Where(action => action.Kind is HygieneKind.Link or HygieneKind.Unlink).ToList();
                await using var plain = await OpenStoreAsync(NewName());
                await using var other = await OpenStoreAsync(NewName());
                await new HygienePlay(second, together).RunAsync(plain, items, []);
                var play = new HygienePlay(second, together);
                await play.RunAsync(other, items, linking);
                await play.RunAsync(other, [], [.. Enumerable.Range(0, 5).Select(user => new HygieneAction(0, HygieneKind.Unlink, $"u{user}", null))]);
                foreach (var view in History.Views)
                {
                    foreach (var store in (IEventStore[])[plain, other]) await store.OpenAsync(view, End, CancellationToken.None);
                    AssertSame(plain.Read(view.Key)!, other.Read(view.Key)!);
                    AssertSameSums(other.Read(view.Key)!, (await other.RecomputeAsync(view.Key, CancellationToken.None))!);
                }
            },
            iter: Histories / 2,
            threads: 1);

    [Fact]
    public async Task One_request_is_judged_link_by_link_over_several_hops()
    {
        await using var store = await OpenStoreAsync(NewName());
        Assert.Equal(
            [LinkFate.Recorded, LinkFate.Recorded, LinkFate.Duplicate, LinkFate.Conflict, LinkFate.Cycle, LinkFate.Cycle, LinkFate.Cycle, LinkFate.Recorded],
            await LinkAsync(store, [("a", "b"), ("b", "c"), ("a", "b"), ("a", "c"), ("c", "a"), ("c", "b"), ("c", "c"), ("c", "d")]));
        var watermark = store.Watermark;
        Assert.Equal([LinkFate.Conflict, LinkFate.Cycle], await LinkAsync(store, [("a", "new to all"), ("d", "a")]));
        Assert.Equal(watermark, store.Watermark);

        // Who was named by a refused link alone is not known.
        Assert.Null(await store.EraseAsync("new to all", "a", History.Origin, CancellationToken.None));
        var erased = (await store.EraseAsync("b", "a", History.Origin, CancellationToken.None))!;
        Assert.Equal((4, 3), (erased.Units.Length, erased.Links));
        Assert.Equal([LinkFate.Recorded], await LinkAsync(store, [("d", "a")]));
    }

    [Fact]
    public async Task A_store_that_forgets_a_member_of_a_person_is_found_out()
    {
        await CheckAsync(new FaultyStore(await OpenStoreAsync(NewName()), static batch => batch));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await CheckAsync(new FaultyStore(await OpenStoreAsync(NewName()), static batch => batch) { Linking = FaultyStore.Forget }));

        static async Task CheckAsync(IEventStore store)
        {
            await using var _ = store;
            var play = new HygienePlay(0, 1);
            Arrival[] items = [.. Enumerable.Range(0, 2).Select(i => new Arrival("one", History.Start, new ExposureItem(i, $"u{i}", i, History.Start + i, null, null, null, null), null, null))];
            await play.RunAsync(store, items, [new HygieneAction(1, HygieneKind.Link, "u0", null, "u1")]);
            await play.CheckAsync(store);
        }
    }

    [Fact]
    public async Task A_person_of_many_ids_and_a_long_chain_are_linked_measured_and_parted()
    {
        const int Ids = 600;
        await using var store = await OpenStoreAsync(NewName());
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        await store.CommitAsync(
            [new Batch("one", History.Start) { Exposures = [.. Enumerable.Range(0, 2 * Ids).Select(i => new ExposureItem(i, $"p{i}", 0, History.Start + i, null, null, null, null))] }], History.Origin, CancellationToken.None);

        // The last first: every link lengthens the way of all that came before.
        await LinkAsync(store, [.. Enumerable.Range(1, Ids - 1).Select(i => ($"p{i}", $"p{i - 1}"))]);
        await LinkAsync(store, [.. Enumerable.Range(Ids + 1, Ids - 1).Select(i => ($"p{i}", $"p{Ids}"))]);
        Assert.Equal(2, UnitsInArms(store));
        await store.LinkAsync([new LinkBatch([new LinkItem(0, $"p{Ids / 2}", "")], IsLifting: true, "a")], History.Origin, CancellationToken.None);
        Assert.Equal(3, UnitsInArms(store));
        AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);
        Assert.Equal(Ids / 2, (await store.EraseAsync("p1", "a", History.Origin, CancellationToken.None))!.Units.Length);
        Assert.Equal((2, 1), (UnitsInArms(store), store.Read("one")!.Erased));
        AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);
    }

    /// <summary>Links that no order refuses: each id has one, to an id of a lower number.</summary>
    private static Gen<ImmutableArray<(string, string)>> Tree { get; } = Gen.Int[0, 100].Array[3].Select(
        draws => draws.Select((draw, i) => ($"u{i + 1}", $"u{draw % (i + 1)}")).Where((_, i) => draws[i] % 4 != 3).ToImmutableArray());

    private static async Task<IEnumerable<LinkFate>> LinkAsync(IEventStore store, IReadOnlyList<(string AnonymousId, string UserId)> pairs) =>
        (await store.LinkAsync([new LinkBatch([.. pairs.Select((pair, i) => new LinkItem(i, pair.AnonymousId, pair.UserId))], IsLifting: false, "tester")], History.Origin, CancellationToken.None))[0].Fates;

    private static long UnitsInArms(IEventStore store) =>
        store.Read("one")!.Accumulators.Where(entry => entry.Key.Metric == AccumulatorKey.Timing && entry.Key.Arm >= 0).Sum(entry => entry.Value.Count);
}
