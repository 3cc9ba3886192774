using System.Data.Common;
using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>The connection is lost in the middle of a commit, and nobody knows on which side of it.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresConnectionTests(PostgresCluster cluster) : EventStoreAssertions
{
    private static readonly Batch Purchase = new("one", History.Start)
    {
        Exposures = [new ExposureItem(0, "u1", 1, History.Start, null, "x1", null, null), new ExposureItem(1, "u2", 0, History.Start, null, null, null, null)],
        Events = [new EventItem(2, "u1", "buy", 2.5, History.Start + 1, null, "e1", null, null)],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("COMMIT\0", true, "Duplicate")]
    [InlineData("COMMIT\0", false, "Recorded")]
    [InlineData("update installation", true, "Recorded")]
    [InlineData("update installation", false, "Recorded")]
    [InlineData("copy events", true, "Recorded")]
    [InlineData("release savepoint", true, "Recorded")]
    public async Task A_batch_sent_again_counts_once_wherever_the_connection_broke(string at, bool isPassedOn, string again)
    {
        cluster.SkipUnlessHere();
        var storage = await cluster.CreateDatabaseAsync();
        await using (var proxy = new CuttingProxy(cluster.Port))
        {
            await using var engine = new PostgresEngine(new NpgsqlConnectionStringBuilder(storage) { Port = proxy.Port }.ConnectionString);
            await engine.MigrateAsync(TimeProvider.System, Cancellation);
            await using var store = new PostgresEventStore(engine);
            await store.OpenAsync(History.Views[0], History.Origin, Cancellation);
            var before = store.Read("one")!;

            proxy.CutAt(System.Text.Encoding.ASCII.GetBytes(at), isPassedOn);
            await Assert.ThrowsAnyAsync<DbException>(() => store.CommitAsync([Purchase], History.Origin, Cancellation));
            Assert.Equal(before, store.Read("one"));

            // A connection of the pool that was cut as well tells it once more.
            var outcome = (await store.CommitAsync([Purchase], History.Origin, Cancellation))[0];
            Assert.All(outcome.Fates, fate => Assert.Equal(again, fate.ToString()));
            Assert.Equal(before.Watermark + 1, store.Watermark);
            AssertSame(store.Read("one")!, (await store.RecomputeAsync("one", Cancellation))!);
            var counts = await store.CountAsync("one", Cancellation);
            Assert.Equal((2L, 1L), (counts.ExposureRows, counts.EventRows));
        }

        await cluster.DropDatabaseAsync(storage);
    }
}
