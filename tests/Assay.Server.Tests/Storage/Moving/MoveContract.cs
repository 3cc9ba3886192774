using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage.Moving;

/// <summary>What every way from engine to engine owes: the installation there is the installation here, and goes on like it.</summary>
public abstract class MoveContract : EventStoreAssertions
{
    private static readonly DateTimeOffset End = History.Origin.AddDays(9);

    private protected abstract int Histories { get; }

    /// <summary>The connection string of a place where nothing is yet.</summary>
    private protected abstract Task<string> FromAsync();

    private protected abstract Task<string> ToAsync();

    [Fact]
    public Task Any_history_copied_there_and_back_is_the_same_row_by_row_and_goes_on_the_same() =>
        Gen.Select(History.Items, Gen.Int[0, 40]).SampleAsync(
            async (items, cut) =>
            {
                var (here, there, back) = (await FromAsync(), await ToAsync(), await FromAsync());
                await Installation.BeginAsync(here);
                await using (var store = await Installation.OpenAsync(here))
                {
                    foreach (var view in History.Views) await store.OpenAsync(view, History.Origin, CancellationToken.None);
                    await Installation.PlayAsync(store, items.Take(cut));
                    await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "u1", null, "Ünï ☂"), new ExclusionItem(1, "u2", "two", null), new ExclusionItem(2, "never seen", null, null)], IsLifting: false, "a"), End, CancellationToken.None);
                    await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "u2", "two", null)], IsLifting: true, "a"), End, CancellationToken.None);
                    await LinkAsync(store, ("u0", "u1"), ("u1", "signed in"), ("u2", "u4"), ("u3", "gone"));
                    await LiftAsync(store, "u2");
                    await LinkAsync(store, ("u2", "u0"));
                    await store.EraseAsync("u3", "a", End, CancellationToken.None);
                    await store.EraseAsync("never seen", "a", End, CancellationToken.None);
                }

                await Installation.CopyAsync(here, there);
                await Installation.CopyAsync(there, back);
                var rows = await Installation.DumpAsync(here);
                Assert.Equal(rows, await Installation.DumpAsync(there));
                Assert.Equal(rows, await Installation.DumpAsync(back));

                await using var first = await Installation.OpenAsync(here);
                foreach (var copy in (string[])[there, back])
                {
                    await using var store = await Installation.OpenAsync(copy);
                    Assert.Equal(first.Watermark, store.Watermark);
                    await AssertEquivalentAsync(first, store);
                }

                await using var last = await Installation.OpenAsync(back);
                await using var middle = await Installation.OpenAsync(there);
                foreach (var store in (IEventStore[])[first, middle, last]) await Installation.PlayAsync(store, items.Skip(cut));
                Assert.Equal((first.Watermark, first.Watermark), (middle.Watermark, last.Watermark));
                await AssertEquivalentAsync(first, middle);
                await AssertEquivalentAsync(first, last);
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public Task A_client_that_sends_again_what_was_copied_is_told_that_all_of_it_is_known() =>
        History.Items.SampleAsync(
            async items =>
            {
                var harmless = Harmless(items);
                var (here, there) = (await FromAsync(), await ToAsync());
                await Installation.BeginAsync(here);
                await using (var store = await Installation.OpenAsync(here))
                {
                    foreach (var view in History.Views) await store.OpenAsync(view, History.Origin, CancellationToken.None);
                    await Installation.PlayAsync(store, harmless);
                }

                await Installation.CopyAsync(here, there);
                await using var copy = await Installation.OpenAsync(there);
                var watermark = copy.Watermark;
                var replay = await copy.CommitAsync([.. Batches(harmless)], End, CancellationToken.None);
                Assert.All(replay.SelectMany(outcome => outcome.Fates), fate => Assert.Equal(ItemFate.Duplicate, fate));
                Assert.Equal(watermark, copy.Watermark);
                await using var original = await Installation.OpenAsync(here);
                AssertSame(original, copy);
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public async Task What_is_sent_again_once_more_after_a_copy_is_taken_in()
    {
        var (here, there, back) = (await FromAsync(), await ToAsync(), await FromAsync());
        var item = new Arrival("one", History.Start, new ExposureItem(0, "u", 0, History.Start, null, "sent", null, null), null, null);
        await Installation.BeginAsync(here);
        await using (var store = await Installation.OpenAsync(here))
        {
            await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
            await Installation.PlayAsync(store, Enumerable.Repeat(item, 20));
        }

        await Installation.CopyAsync(here, there);
        await Installation.CopyAsync(there, back);
        foreach (var copy in (string[])[there, back])
        {
            await using var store = await Installation.OpenAsync(copy);
            await Installation.PlayAsync(store, Enumerable.Repeat(item, 20));
            Assert.Equal(39, (await store.CountAsync("one", CancellationToken.None)).Duplicates);
        }
    }

    [Fact]
    public async Task What_held_at_any_commit_can_be_told_here_and_there()
    {
        var (here, there) = (await FromAsync(), await ToAsync());
        await Installation.BeginAsync(here);
        await using (var store = await Installation.OpenAsync(here))
        {
            await LinkAsync(store, ("a", "b"), ("b", "c"));
            await LiftAsync(store, "a");
            await LinkAsync(store, ("a", "c"));
            foreach (var isLifting in (bool[])[false, true, false])
                await store.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, "a", null, isLifting ? null : $"as of {store.Watermark}")], isLifting, "a"), Microseconds.ToTime(store.Watermark), CancellationToken.None);
        }

        await Installation.CopyAsync(here, there);
        foreach (var storage in (string[])[here, there])
        {
            var rows = await Installation.DumpAsync(storage);
            var units = rows.Where(row => row.StartsWith("units: ", StringComparison.Ordinal)).Select(row => row[7..].Split('|')).ToDictionary(row => row[1], row => row[0]);
            Assert.Equal(
                [
                    $"exclusions: {units["a"]}|0|as of 3|3|4|4|5",
                    $"exclusions: {units["a"]}|0|as of 5|5|6|∅|∅",
                    $"identity_links: {units["a"]}|{units["b"]}|{Microseconds.Of(End)}|1|{Microseconds.Of(End)}|2",
                    $"identity_links: {units["a"]}|{units["c"]}|{Microseconds.Of(End)}|3|∅|∅",
                    $"identity_links: {units["b"]}|{units["c"]}|{Microseconds.Of(End)}|1|∅|∅",
                ],
                rows.Where(row => row.StartsWith("exclusions", StringComparison.Ordinal) || row.StartsWith("identity_links", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public Task Horizon_and_seals_are_copied_and_of_what_has_gone_nothing_is_however_much_is_still_there() =>
        Gen.Select(History.Items, Gen.Int[0, 8], Gen.Int[10, 110]).SampleAsync(
            async (items, steps, hours) =>
            {
                var (here, there, back) = (await FromAsync(), await ToAsync(), await FromAsync());
                var late = History.Origin.AddDays(60);
                await Installation.BeginAsync(here);
                await using (var store = await Installation.OpenAsync(here))
                {
                    foreach (var view in History.Views) await store.OpenAsync(view with { ClosesAt = view.StartedAt + (20 * History.Hour) }, History.Origin, CancellationToken.None);
                    await Installation.PlayAsync(store, items);
                    var retention = (IRowRetention)store;
                    await retention.RetainAsync(History.Start + (hours * History.Hour), "tester", late, CancellationToken.None);
                    for (var i = 0; i < steps; i++) await retention.SweepAsync(late, CancellationToken.None);

                    // Ids that are free again are taken while the rows that had them may still be there.
                    await Installation.PlayAsync(store, items.Where(item => item.Event is not null).Select(item => item with { Event = item.Event! with { At = History.Start + (120 * History.Hour) } }));
                }

                await Installation.CopyAsync(here, there);
                await Installation.CopyAsync(there, back);
                var rows = await Installation.DumpAsync(here);
                Assert.Equal(rows, await Installation.DumpAsync(there));
                Assert.Equal(rows, await Installation.DumpAsync(back));
                await using var first = await Installation.OpenAsync(here);
                foreach (var copy in (string[])[there, back])
                {
                    await using var store = await Installation.OpenAsync(copy);
                    var (plan, _) = await ((IRowRetention)store).RetainAsync(0, "tester", late, CancellationToken.None);
                    Assert.Equal((await ((IRowRetention)first).PlanAsync(0, late, CancellationToken.None)).Horizon, plan.Horizon);
                    while (!(await ((IRowRetention)store).SweepAsync(late, CancellationToken.None)).IsDone)
                    {
                    }

                    foreach (var view in History.Views)
                    {
                        AssertSame(first.Read(view.Key)!, store.Read(view.Key)!);
                        Assert.Equal(first.Read(view.Key)!.SealedAt, store.Read(view.Key)!.SealedAt);
                        if (store.Read(view.Key)!.SealedAt is null) AssertSameSums(store.Read(view.Key)!, (await store.RecomputeAsync(view.Key, CancellationToken.None))!);
                    }
                }
            },
            iter: Histories,
            threads: 1);

    [Fact]
    public async Task What_is_not_empty_is_not_written_to()
    {
        var (here, there) = (await FromAsync(), await ToAsync());
        await Installation.BeginAsync(here);
        await Installation.BeginAsync(there);
        var before = await Installation.DumpAsync(there);
        var (exit, output, errors) = await Cli.Terminal.RunAsync(Server.Cli.CopyCommand.Create(), "--from", here, "--to", there);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("is not empty: experiments has rows", errors, StringComparison.Ordinal);
        Assert.Equal(before, await Installation.DumpAsync(there));
    }

    [Fact]
    public async Task An_empty_installation_is_copied_over_an_empty_one()
    {
        var (here, there) = (await FromAsync(), await ToAsync());
        foreach (var storage in (string[])[here, there])
        {
            await using var engine = StorageEngines.Open(storage);
            await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        }

        await Installation.CopyAsync(here, there);
        Assert.Empty(await Installation.DumpAsync(there));
        await using var store = await Installation.OpenAsync(there);
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        Assert.Equal(1, store.Watermark);
    }

    private static async Task LinkAsync(IEventStore store, params (string From, string Into)[] pairs) => await store.LinkAsync(
        [new LinkBatch([.. pairs.Select((pair, i) => new LinkItem(i, pair.From, pair.Into))], IsLifting: false, "a")], End, CancellationToken.None);

    private static async Task LiftAsync(IEventStore store, string id) => await store.LinkAsync([new LinkBatch([new LinkItem(0, id, "")], IsLifting: true, "a")], End, CancellationToken.None);

    private static async Task AssertEquivalentAsync(IEventStore left, IEventStore right)
    {
        AssertSame(left, right);
        foreach (var view in History.Views)
        {
            Assert.Equal((left.Read(view.Key)!.TouchedBy, left.Read(view.Key)!.Rearmed), (right.Read(view.Key)!.TouchedBy, right.Read(view.Key)!.Rearmed));
            AssertSameSums(right.Read(view.Key)!, (await right.RecomputeAsync(view.Key, CancellationToken.None))!);
            Assert.Equivalent(await left.CountAsync(view.Key, CancellationToken.None), await right.CountAsync(view.Key, CancellationToken.None), strict: true);
        }
    }
}
