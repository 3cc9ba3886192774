using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage;

public sealed class DurabilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_synchronised_to_disk_before_it_is_acknowledged()
    {
        SyncWitness.Register();
        using var file = await StoreFile.CreateAsync();
        var watched = Watched(file);
        await using var store = new SqliteEventStore(watched);
        await using var queue = new CommitQueue(store, TimeProvider.System);
        await queue.StartAsync(Cancellation);
        await queue.OpenAsync(History.Views[0], Cancellation);
        for (var i = 0; i < 5; i++)
        {
            var before = SyncWitness.Syncs;
            var batch = new Batch("one", History.Start) { Exposures = [new ExposureItem(0, $"u{i}", 0, History.Start, null, null, null, null)] };
            Assert.NotNull(await queue.SubmitAsync(batch, Cancellation));
            Assert.True(SyncWitness.Syncs > before);
            Assert.False(SyncWitness.IsBehind);
        }

        // The same write under the weaker setting is seen to be behind: the witness can fail.
        using var careless = new EventDatabase(watched);
        careless.Execute("pragma synchronous = normal");
        careless.Execute("create table careless (x)");
        Assert.True(SyncWitness.IsBehind);
    }

    private static string Watched(StoreFile file) => $"{file.ConnectionString.Replace("Data Source=", "Data Source=file:", StringComparison.Ordinal)}?vfs={SyncWitness.Name}";
}
