using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage;

public sealed class SqliteStoreTests
{
    private const long Hour = 3_600_000_000;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Start = (Now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    private static ExperimentView View(string key) => new(
        key, 1, Start, 2, [new MetricPlan("purchase", "purchase", Aggregate.Any, TimeSpan.FromHours(72))], []);

    [Fact]
    public async Task An_exposed_unit_that_converts_is_served()
    {
        using var file = await StoreFile.CreateAsync();
        await using var store = new SqliteEventStore(file.ConnectionString);
        await store.OpenAsync(View("a"), Now, TestContext.Current.CancellationToken);
        var batch = new Batch("a", Start)
        {
            Exposures = [new ExposureItem(0, "u", 1, Start, null, null, null, null)],
            Events = [new EventItem(0, "u", "purchase", 1, Start + Hour, null, "e1", "a", null), new EventItem(1, "u", "purchase", 1, Start + Hour, null, "e1", "a", null)],
        };
        var outcome = Assert.Single(await store.CommitAsync([batch], Now, TestContext.Current.CancellationToken));
        Assert.Equal([ItemFate.Recorded, ItemFate.Recorded, ItemFate.Duplicate], outcome.Fates);
        var picture = store.Read("a")!;
        Assert.Equal(outcome.Watermark, picture.Watermark);
        var purchase = Assert.Single(picture.Accumulators, entry => entry.Key.Metric == "purchase");
        Assert.Equal((1, 1, 1L), (purchase.Key.Arm, purchase.Value.Converted, purchase.Value.Count));
        var recomputed = await store.RecomputeAsync("a", TestContext.Current.CancellationToken);
        Assert.Equal(purchase.Value.Encode(), recomputed!.Accumulators[purchase.Key].Encode());
        var counts = await store.CountAsync("a", TestContext.Current.CancellationToken);
        Assert.Equal((1L, 1L, 1L), (counts.ExposureRows, counts.EventRows, counts.Duplicates));
    }
}
