using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage.Hygiene;

/// <summary>What every engine owes to who is excluded or erased: any history with both between its rows is measured as the oracle does, and without exclusions again as if there had been none.</summary>
public abstract class HygieneContract : EventStoreAssertions
{
    private static readonly DateTimeOffset End = History.Origin.AddDays(9);

    private protected abstract int Histories { get; }

    /// <summary>Opens the store of a name; the same name again opens the same data.</summary>
    private protected abstract Task<IEventStore> OpenStoreAsync(string name);

    [Fact]
    public Task Any_history_with_exclusions_and_erasures_is_measured_like_the_oracle_and_after_a_restart_goes_on_the_same() =>
        Gen.Select(History.Items, HygieneAction.Some, Gen.Int[0, 40], Gen.Int[1, 7]).SampleAsync(
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
    public Task When_every_exclusion_is_lifted_no_bit_tells_that_there_was_one() =>
        Gen.Select(History.Items, HygieneAction.Some, Gen.Int[0, 40], Gen.Int[1, 7]).SampleAsync(
            async (items, actions, second, together) =>
            {
                var excluding = actions.Where(action => action.Kind == HygieneKind.Exclude).Take(5).Select(action => action with { Kind = HygieneKind.Exclude }).ToList();
                await using var plain = await OpenStoreAsync(NewName());
                await using var other = await OpenStoreAsync(NewName());
                await new HygienePlay(second, together).RunAsync(plain, items, []);
                var play = new HygienePlay(second, together);
                await play.RunAsync(other, items, excluding);
                await play.RunAsync(other, [], [.. excluding.Select(action => action with { Before = 0, Kind = HygieneKind.Lift })]);
                foreach (var view in History.Views)
                {
                    foreach (var store in (IEventStore[])[plain, other]) await store.OpenAsync(view, End, CancellationToken.None);
                    AssertSame(plain.Read(view.Key)!, other.Read(view.Key)!);
                }
            },
            iter: Histories / 2,
            threads: 1);

    [Fact]
    public async Task Who_is_excluded_before_being_seen_never_counts_and_is_counted_as_excluded()
    {
        await using var store = await OpenStoreAsync(NewName());
        var outcome = await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "bot", null, null), new ExclusionItem(1, "bot", "one", null)], IsLifting: false, "a"), History.Origin, CancellationToken.None);
        Assert.Equal([ItemFate.Recorded, ItemFate.Recorded], outcome.Fates);
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        await store.CommitAsync([Exposed("bot"), Exposed("person")], History.Origin, CancellationToken.None);
        Assert.Equal((1, 1), Units(store));

        // Of two exclusions the other stays.
        await LiftAsync(null);
        Assert.Equal((1, 1), Units(store));
        await LiftAsync("one");
        Assert.Equal((2, 0), Units(store));
        Assert.Equal(2, (await store.CountAsync("one", CancellationToken.None)).ExposureRows);

        Task LiftAsync(string? from) => store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "bot", from, null)], IsLifting: true, "a"), History.Origin, CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_does_not_know_who_is_excluded_is_found_out()
    {
        await using var store = await OpenStoreAsync(NewName());
        var play = new HygienePlay(0, 1);
        Arrival[] items = [new("one", History.Start, new ExposureItem(0, "u0", 0, History.Start, null, null, null, null), null, null)];
        await play.RunAsync(store, items, [new HygieneAction(0, HygieneKind.Exclude, "u0", null)]);
        await play.CheckAsync(store);
        await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "u0", null, null)], IsLifting: true, "somebody else"), History.Origin, CancellationToken.None);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => play.CheckAsync(store));
    }

    [Fact]
    public async Task Who_was_erased_is_new_when_seen_again_and_so_are_the_ids_of_the_rows()
    {
        await using var store = await OpenStoreAsync(NewName());
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        var batch = new Batch("one", History.Start)
        {
            Exposures = [new ExposureItem(0, "u", 0, History.Start, null, "x", null, null), new ExposureItem(1, "other", 0, History.Start, null, "y", null, null)],
            Events = [new EventItem(2, "u", "buy", 0.1, History.Start + 1, null, "e", null, null), new EventItem(3, "u", "never used", 1, History.Start + 1, null, null, null, null)],
            Covariates = [new CovariateItem(4, "u", "x", 3)],
        };
        await CommitAsync();
        await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "u", null, "a bot")], IsLifting: false, "a"), History.Origin, CancellationToken.None);
        var before = store.Read("one")!;
        var erased = (await store.EraseAsync("u", "a", History.Origin, CancellationToken.None))!;
        Assert.Equal(new ErasedRows(1, 2, 1), erased.Rows);
        Assert.Equal((1, before.Watermark + 1), (erased.Exclusions, erased.Watermark));
        Assert.Equal(["one"], erased.Experiments);
        Assert.Equal((1, 0), Units(store));
        Assert.Equal((0, 1, before.Watermark + 1), (before.Erased, store.Read("one")!.Erased, store.Read("one")!.TouchedBy));
        var counts = await store.CountAsync("one", CancellationToken.None);
        Assert.Equal((0, 0.0, 2), (counts.EventRows, counts.Conversions[0].ValueSum, counts.ExposureRows));
        Assert.Null(await store.EraseAsync("u", "a", History.Origin, CancellationToken.None));

        Assert.Equal([ItemFate.Recorded, ItemFate.Duplicate, ItemFate.Recorded, ItemFate.Recorded, ItemFate.Recorded], await CommitAsync());
        Assert.Equal((2, 0), Units(store));
        Assert.NotEqual(erased.Unit, (await store.EraseAsync("u", "a", History.Origin, CancellationToken.None))!.Unit);
        Assert.Equal(2, store.Read("one")!.Erased);
        AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);

        async Task<IEnumerable<ItemFate>> CommitAsync() => (await store.CommitAsync([batch], History.Origin, CancellationToken.None))[0].Fates;
    }

    private static Batch Exposed(string user) => new("one", History.Start) { Exposures = [new ExposureItem(0, user, 0, History.Start, null, null, null, null)] };

    private static (long InArms, long Excluded) Units(IEventStore store)
    {
        var timing = store.Read("one")!.Accumulators.Where(entry => entry.Key.Metric == AccumulatorKey.Timing).ToList();
        return (timing.Where(entry => entry.Key.Arm >= 0).Sum(entry => entry.Value.Count), timing.Where(entry => entry.Key.Arm == UnitMeasurement.Excluded).Sum(entry => entry.Value.Count));
    }
}
