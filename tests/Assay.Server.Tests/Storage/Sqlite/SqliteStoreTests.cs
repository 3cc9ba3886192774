using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class SqliteStoreTests : EventStoreContract, IDisposable
{
    private readonly SqliteStores _stores = new();

    public void Dispose() => _stores.Dispose();

    private protected override Task<IEventStore> OpenStoreAsync(string name) => _stores.OpenAsync(name);

    [Theory]
    [InlineData("abort")]
    [InlineData("rollback")] // as SQLite itself does when the disk is full
    public async Task A_commit_that_fails_changes_nothing_and_the_store_goes_on(string how)
    {
        using var file = await StoreFile.CreateAsync();
        await using var store = new SqliteEventStore(file.ConnectionString);
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        await store.CommitAsync([Purchase("u1", "e1")], History.Origin, CancellationToken.None);
        var before = store.Read("one")!;
        Execute(file, $"create trigger full before insert on commits begin select raise({how}, 'disk full'); end");
        var failure = await Assert.ThrowsAsync<SqliteException>(() => store.CommitAsync([Purchase("u2", "e2")], History.Origin, CancellationToken.None));
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, store.Read("one"));
        Execute(file, "drop trigger full");
        var outcome = Assert.Single(await store.CommitAsync([Purchase("u2", "e2")], History.Origin, CancellationToken.None));
        Assert.Equal([ItemFate.Recorded, ItemFate.Recorded], outcome.Fates);
        Assert.Equal(before.Watermark + 1, outcome.Watermark);
        AssertSame(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);
        Assert.Equal(2, (await store.CountAsync("one", CancellationToken.None)).EventRows);
    }

    [Fact]
    public async Task A_scan_that_nobody_waits_for_ends()
    {
        using var file = await StoreFile.CreateAsync();
        await using var store = new SqliteEventStore(file.ConnectionString);
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        await store.CommitAsync([Purchase("u1", "e1")], History.Origin, CancellationToken.None);
        using var database = new EventDatabase(file.ConnectionString);
        var state = new ViewRows(database).Find("one")!;
        Assert.Throws<OperationCanceledException>(() => UnitScan.Run(database, state.Id, state.Measure!, state.CompactedThrough, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_commit_publishes_only_what_it_concerns_until_a_day_ends()
    {
        using var file = await StoreFile.CreateAsync();
        using var writer = new SqliteWriter(file.ConnectionString, new UnitMemory());
        foreach (var view in History.Views) writer.Open(view, History.Start);
        var (one, two) = (writer.Published.Find("one"), writer.Published.Find("two"));
        writer.Commit([Purchase("u1", "e1")], History.Start);
        Assert.NotSame(one, writer.Published.Find("one"));
        Assert.Same(two, writer.Published.Find("two"));
        one = writer.Published.Find("one");
        writer.Commit([new Batch("two", History.Start) { Exposures = [new ExposureItem(0, "u1", 1, History.Start, null, null, null, null)] }], History.Start);
        Assert.Same(one, writer.Published.Find("one"));
        Assert.NotSame(two, writer.Published.Find("two"));
        writer.Commit([Purchase("u2", "e2")], History.Start + (96 * History.Hour));
        Assert.All(writer.Published.Opened, state => Assert.Equal(writer.Published.Watermark, state.TouchedBy));
    }

    private static Batch Purchase(string user, string id) => new("one", History.Start)
    {
        Exposures = [new ExposureItem(0, user, 1, History.Start, null, null, null, null)],
        Events = [new EventItem(1, user, "buy", 2.5, History.Start + 1, null, id, "one", null)],
    };

    private static void Execute(StoreFile file, string sql)
    {
        using var database = new EventDatabase(file.ConnectionString);
        database.Execute(sql);
    }
}
