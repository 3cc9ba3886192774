using Assay.Server.Tests.Events;
using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Storage.Moving;

/// <summary>From a served file to a served database: what clients see.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class ServedMoveTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly MoveFolder _folder = new();
    private string? _database;

    public async ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        _database = await cluster.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        if (_database is not null) await cluster.DropDatabaseAsync(_database);
    }

    [Fact]
    public async Task A_server_that_is_up_on_the_empty_database_serves_what_is_restored_there_byte_by_byte_and_a_replay_changes_nothing()
    {
        await using var there = await RunningServer.StartAsync(storage: _database);
        await using (var here = await RunningServer.StartAsync(storage: _folder.Storage("here")))
        {
            await here.CreateAsync("checkout");
            await here.BeginAsync("checkout", Samples.Arrival.AddHours(-6));
            await Tests.History.SendAsync(here, Tests.History.Of(60));
            await Installation.BackUpAsync(_folder.Storage("here"), _folder.File("backup"));
            Assert.Equal((0, ""), await Installation.RestoreAsync(_folder.File("backup"), _database!) is var (exit, _, errors) ? (exit, errors) : default);
            await AssertSameAnswersAsync(here, there);
        }

        foreach (var item in Tests.History.Of(60).GroupBy(item => (item.Route, item.Array)))
        {
            var receipt = await there.RecordAsync(item.Key.Route, $$"""{"{{item.Key.Array}}":[{{string.Join(',', item.Select(one => one.Json))}}]}""");
            Assert.Equal((0, item.Count()), (receipt.GetProperty("recorded").GetInt32(), receipt.GetProperty("deduplicated").GetInt32()));
        }

        // New items are counted there, and all of it goes back.
        await there.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(1_000, 20, at: null));
        Assert.True((await there.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
        await Installation.CopyAsync(_database!, _folder.Storage("back"));
        await using var back = await RunningServer.StartAsync(storage: _folder.Storage("back"));
        await AssertSameAnswersAsync(there, back);
        Assert.True((await back.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task A_backup_of_a_database_whose_server_takes_events_is_one_moment_of_it()
    {
        await using var server = await RunningServer.StartAsync(storage: _database);
        var (before, sent, _) = await BackupUnderLoad.TakeAsync(server, _database!, _folder.File("backup"));

        Assert.Equal((0, ""), await Installation.RestoreAsync(_folder.File("backup"), _folder.Storage("restored")) is var (exit, _, errors) ? (exit, errors) : default);
        await using var restored = await RunningServer.StartAsync(storage: _folder.Storage("restored"));
        Assert.True((await restored.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
        Assert.InRange((await BackupUnderLoad.RowsAsync(restored) - BackupUnderLoad.Exposed) / (double)BackupUnderLoad.BatchSize, before, sent);
    }

    private static async Task AssertSameAnswersAsync(RunningServer left, RunningServer right)
    {
        var watermark = (await left.GetAsync("experiments/checkout/ingestion")).GetProperty("watermark").GetInt64();
        await Wait.UntilAsync(async () => (await right.GetAsync("experiments/checkout/moments")).GetProperty("watermark").GetInt64() == watermark);
        foreach (var path in (string[])["experiments/checkout", "experiments/checkout/moments", "experiments/checkout/ingestion"])
            Assert.Equal((await left.GetAsync(path)).GetRawText(), (await right.GetAsync(path)).GetRawText());
    }
}
