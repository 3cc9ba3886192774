using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>What is new, what was already said and what contradicts: the same on every engine.</summary>
public abstract class IdentityContract
{
    private static readonly long Start = History.Start;

    private protected abstract Task<IEventStore> OpenStoreAsync(string name);

    [Theory]
    [InlineData(null, null, "rr")] // no id is always new
    [InlineData("a", "a", "rd")]
    [InlineData("a", "b", "rr")]
    [InlineData("8f14e45f-ceea-467f-9a1c-2f6c0c2f4a11", "8f14e45f-ceea-467f-9a1c-2f6c0c2f4a11", "rd")]
    [InlineData("8f14e45f-ceea-467f-9a1c-2f6c0c2f4a11", "8F14E45F-CEEA-467F-9A1C-2F6C0C2F4A11", "rr")] // ids are exact
    [InlineData("", "", "rd")]
    public Task Events_are_known_by_their_id(string? first, string? second, string fates) =>
        JudgeAsync(fates, Event(first), Event(second));

    [Fact]
    public Task The_same_id_with_other_content_is_a_conflict_and_the_first_is_kept() =>
        JudgeAsync(
            "rcccccdr",
            Event("a"),
            Event("a") with { UserId = "other" },
            Event("a") with { Name = "view" },
            Event("a") with { Value = 2 },
            Event("a") with { ClientAt = 1 },
            Event("a") with { Properties = "{}" },
            Event("a") with { At = Start + 99 }, // corrected otherwise, said the same
            Event("b") with { UserId = "other" });

    [Fact]
    public Task Keys_of_conversions_are_the_experiments_own() =>
        JudgeAsync("rrrd", Event("a"), Event("a") with { Scope = "one" }, Event("a") with { Scope = "two" }, Event("a") with { Scope = "one" });

    [Fact]
    public Task Exposures_with_an_id_are_known_by_it() =>
        JudgeAsync(
            "rdcccr", Exposure(0, 5, id: "a"), Exposure(0, 9, id: "a"), Exposure(1, 5, id: "a"), Exposure(0, 5, id: "a", client: 3),
            Exposure(0, 5, id: "a", user: "other"), Exposure(0, 9, id: "b"));

    [Theory]
    [InlineData("rd", 0, 5, 0, 5)]
    [InlineData("rd", 0, 5, 0, 9)] // later, same arm: nothing new
    [InlineData("rr", 0, 5, 0, 3)] // earlier
    [InlineData("rr", 0, 5, 1, 9)] // another arm
    [InlineData("rr", 0, 5, -1, 9)] // the holdout is an arm of the set
    [InlineData("rr", -1, 3, 0, 9)]
    public Task Exposures_without_an_id_are_news_when_they_change_the_first_time_or_the_arms(string fates, int variation, int at, int nextVariation, int nextAt) =>
        JudgeAsync(fates, Exposure(variation, at), Exposure(nextVariation, nextAt));

    [Fact]
    public Task A_repeated_client_time_is_a_duplicate_whatever_the_correction() =>
        JudgeAsync("rdr", Exposure(0, 5, client: 7), Exposure(0, 3, client: 7), Exposure(0, 3, client: 8));

    [Fact]
    public Task At_the_first_time_a_lower_arm_is_news_because_it_decides() =>
        JudgeAsync("rrr", Exposure(0, 9), Exposure(1, 5), Exposure(0, 5));

    [Fact]
    public Task The_first_value_of_a_covariate_is_kept() =>
        JudgeAsync("rdcr", Covariate("x", 1), Covariate("x", 1), Covariate("x", 2), Covariate("y", 2));

    [Fact]
    public async Task Counts_tell_rows_since_the_start_by_whatever_route_and_what_was_refused()
    {
        var name = Guid.NewGuid().ToString("n");
        await using var store = await OpenStoreAsync(name);
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        var batch = new Batch("one", Start)
        {
            Exposures = [Exposure(0, 5).Exposure!, Exposure(1, 6).Exposure!, Exposure(-1, 7).Exposure! with { UserId = "held" }, Exposure(0, 8).Exposure!],
            Events = [Event("a") with { Scope = "one", At = Start - 1 }, Event("a") with { Scope = "one", Value = 9 }, Event("b") with { Scope = "one", Value = 0.1, Name = "view" }],
            Refused = [new RefusedCount(1, 2), new RefusedCount(null, 3)],
        };
        await store.CommitAsync([batch, new Batch(null, Start) { Events = [Event("seen"), Event("early") with { At = Start - 1 }, Event("unused") with { Name = "unused" }] }], History.Origin, CancellationToken.None);
        var counts = await store.CountAsync("one", CancellationToken.None);
        Assert.Equal([new VariationCount(-1, 1), new VariationCount(0, 1), new VariationCount(1, 1)], counts.Exposures.AsEnumerable());
        Assert.Equal([new MetricCount("bought", 1, 1), new MetricCount("revenue", 1, 1), new MetricCount("views", 1, 0.1)], counts.Conversions.AsEnumerable());
        Assert.Equal((3L, 2L, 1L, 1L, 6L, Start + 8L), (counts.ExposureRows, counts.EventRows, counts.Duplicates, counts.Crossovers, counts.Rejected, counts.LastEventAt));
        Assert.Equal(store.Watermark, counts.Watermark);
        Assert.Equal([(-1, new ReceiptTotals(1, 0, 0)), (0, new ReceiptTotals(2, 1, 0)), (1, new ReceiptTotals(3, 0, 2))], Receipts(Maturity.DayOf(Start)));

        // The same exposure once more, two days later: days are told apart, and are when the store is opened again.
        await store.CommitAsync([new Batch("one", Start + (48 * 3_600_000_000L)) { Exposures = [Exposure(0, 5).Exposure!] }], History.Origin, CancellationToken.None);
        Assert.Equal([(0, new ReceiptTotals(1, 1, 0))], Receipts(Maturity.DayOf(Start) + 2));
        var told = store.Read("one")!.Receipts;
        await store.DisposeAsync();
        await using var reopened = await OpenStoreAsync(name);
        Assert.Equal(told.OrderBy(entry => entry.Key.Day).ThenBy(entry => entry.Key.Variation), reopened.Read("one")!.Receipts.OrderBy(entry => entry.Key.Day).ThenBy(entry => entry.Key.Variation));

        IEnumerable<(int Variation, ReceiptTotals Totals)> Receipts(long day) =>
            store.Read("one")!.Receipts.Where(entry => entry.Key.Day == day && entry.Key.Variation != ReceiptKey.NoVariation).OrderBy(entry => entry.Key.Variation).Select(entry => (entry.Key.Variation, entry.Value));
    }

    [Fact]
    public async Task A_view_measured_anew_counts_its_events_anew()
    {
        var name = Guid.NewGuid().ToString("n");
        var other = History.Views[0] with { StartedAt = Start + 3, Plans = [.. History.Views[0].Plans.Where(plan => plan.Event == "view")] };
        await using (var store = await OpenStoreAsync(name))
        {
            await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
            await store.CommitAsync(
                [new Batch(null, Start) { Events = [Event("a"), Event("b") with { Name = "view", At = Start + 2, Value = 7 }, Event("c") with { Name = "view", At = Start + 3, Value = 8 }] }],
                History.Origin,
                CancellationToken.None);
            Assert.Equal(3, (await store.CountAsync("one", CancellationToken.None)).EventRows);
            await store.OpenAsync(other, History.Origin, CancellationToken.None);
            await AssertCountsAsync(store);
        }

        await using var reopened = await OpenStoreAsync(name);
        await AssertCountsAsync(reopened);

        static async Task AssertCountsAsync(IEventStore store)
        {
            var counts = await store.CountAsync("one", CancellationToken.None);
            Assert.Equal(1, counts.EventRows);
            Assert.Equal([new MetricCount("views", 1, 8)], counts.Conversions.AsEnumerable());
        }
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(10, 5)]
    public async Task The_latest_time_is_the_same_whichever_of_two_exposures_came_first(int first, int second)
    {
        var name = Guid.NewGuid().ToString("n");
        await using (var store = await OpenStoreAsync(name))
        {
            await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
            foreach (var at in (int[])[first, second]) await store.CommitAsync([Exposure(0, at).Batch()], History.Origin, CancellationToken.None);
            Assert.Equal(Start + 10, store.Read("one")!.LastEventAt);
            await store.OpenAsync(History.Views[0] with { StartedAt = Start - 1 }, History.Origin, CancellationToken.None);
            Assert.Equal(Start + 10, store.Read("one")!.LastEventAt);
        }

        await using var reopened = await OpenStoreAsync(name);
        Assert.Equal(Start + 10, reopened.Read("one")!.LastEventAt);
    }

    [Fact]
    public async Task An_experiment_is_touched_only_by_what_concerns_it()
    {
        await using var store = await OpenStoreAsync(Guid.NewGuid().ToString("n"));
        foreach (var view in History.Views) await store.OpenAsync(view, History.Origin, CancellationToken.None);
        var before = store.Read("one")!;
        await store.CommitAsync([new Batch(null, Start) { Events = [Event("a") with { Name = "refund" }] }], History.Origin, CancellationToken.None);
        Assert.Equal((before.TouchedBy, store.Watermark), (store.Read("one")!.TouchedBy, store.Read("one")!.Watermark));
        Assert.Equal(store.Watermark, store.Read("three")!.TouchedBy);
    }

    [Fact]
    public async Task A_late_exposure_that_changes_the_arm_is_counted_as_rearmed()
    {
        await using var store = await OpenStoreAsync(Guid.NewGuid().ToString("n"));
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        foreach (var exposure in (Judged[])[Exposure(0, 9), Exposure(1, 5)])
            await store.CommitAsync([new Batch("one", Start) { Exposures = [exposure.Exposure!] }], History.Origin, CancellationToken.None);
        Assert.Equal(1, store.Read("one")!.Rearmed);
        Assert.All(store.Read("one")!.Accumulators.Keys, key => Assert.Equal(1, key.Arm));
    }

    [Fact]
    public async Task A_late_exposure_moves_a_unit_from_slice_to_slice_and_a_crossover_is_counted_once()
    {
        await using var store = await OpenStoreAsync(Guid.NewGuid().ToString("n"));
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        await CommitAsync(Exposure(0, 9), """{"country":"DE"}""");
        Assert.Equal(["", "country=DE", "os=none"], Slices(0));
        await CommitAsync(Exposure(1, 7), """{"country":"FR","os":3}""");
        Assert.Equal(["", "country=FR", "os=3"], Slices(1));
        await CommitAsync(Exposure(1, 5), """{"country":"US","os":true}""");
        Assert.Equal(["", "country=other", "os=true"], Slices(1));
        Assert.Equal((1, 1), (store.Read("one")!.Rearmed, (await store.CountAsync("one", CancellationToken.None)).Crossovers));

        Task CommitAsync(Judged exposure, string attributes) => store.CommitAsync(
            [new Batch("one", Start) { Exposures = [exposure.Exposure! with { Attributes = attributes }] }], History.Origin, CancellationToken.None);

        IEnumerable<string> Slices(int arm)
        {
            var keys = store.Read("one")!.Accumulators.Keys.Where(key => key.Metric == "bought").ToList();
            Assert.All(keys, key => Assert.Equal(arm, key.Arm));
            return keys.Select(key => key.Slice).Order(StringComparer.Ordinal);
        }
    }

    /// <summary>r recorded, d duplicate, c conflict; judged the same in one batch, across the batches of a commit and across commits.</summary>
    private async Task JudgeAsync(string fates, params Judged[] items)
    {
        var batches = items.Select(item => item.Batch()).ToList();
        await using var apart = await OpenStoreAsync(Guid.NewGuid().ToString("n"));
        var one = new List<ItemFate>();
        foreach (var batch in batches) one.AddRange((await apart.CommitAsync([batch], History.Origin, CancellationToken.None))[0].Fates);
        await using var grouped = await OpenStoreAsync(Guid.NewGuid().ToString("n"));
        var two = (await grouped.CommitAsync(batches, History.Origin, CancellationToken.None)).SelectMany(outcome => outcome.Fates);
        await using var together = await OpenStoreAsync(Guid.NewGuid().ToString("n"));
        var three = (await together.CommitAsync([Judged.Together(items)], History.Origin, CancellationToken.None))[0].Fates;
        Assert.Equal(fates, Letters(one));
        Assert.Equal(fates, Letters(two));
        Assert.Equal(fates, Letters(three));
    }

    private static string Letters(IEnumerable<ItemFate> fates) => string.Concat(fates.Select(fate => char.ToLowerInvariant(fate.ToString()[0])));

    private static EventItem Event(string? id) => new(0, "u", "buy", 1, Start + 5, null, id, null, null);

    private static Judged Exposure(int variation, int at, string? id = null, long? client = null, string user = "u") =>
        new(new ExposureItem(0, user, variation, Start + at, client, id, null, null), null, null);

    private static Judged Covariate(string name, double value) => new(null, null, new CovariateItem(0, "u", name, value));

    private sealed record Judged(ExposureItem? Exposure, EventItem? Event, CovariateItem? Covariate)
    {
        public static implicit operator Judged(EventItem item) => new(null, item, null);

        public static Batch Together(IEnumerable<Judged> items) => new("one", Start)
        {
            Exposures = [.. items.Select(item => item.Exposure).OfType<ExposureItem>()],
            Events = [.. items.Select(item => item.Event).OfType<EventItem>()],
            Covariates = [.. items.Select(item => item.Covariate).OfType<CovariateItem>()],
        };

        public Batch Batch() => Together([this]);
    }
}
