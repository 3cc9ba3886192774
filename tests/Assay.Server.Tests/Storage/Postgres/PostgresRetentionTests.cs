using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Assay.Server.Tests.Storage.Retention;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresRetentionTests(PostgresCluster cluster) : RetentionContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    private protected override int Histories => 25;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task While_one_process_removes_rows_others_commit_and_nobody_stores_rows_under_a_number_that_is_gone()
    {
        const int Processes = 3, Rounds = 20;
        var name = NewName();
        var stores = new PostgresEventStore[Processes];
        for (var i = 0; i < Processes; i++) stores[i] = await _stores.OpenAsync(name);
        await stores[0].OpenAsync(History.Views[0] with { ClosesAt = History.Start + (30 * History.Hour) }, History.Origin, Cancellation);
        await stores[0].OpenAsync(History.Views[1] with { StartedAt = History.Start + (Rounds * History.Hour * 2) }, History.Origin, Cancellation);
        await Task.WhenAll(stores.Select((store, process) => Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds * 2; round++)
                {
                    await store.CommitAsync([Batch(process, round)], History.Origin, Cancellation);
                    if (process != round % Processes) continue;
                    await store.RetainAsync(History.Start + (round * History.Hour), "tester", History.Origin.AddDays(60), Cancellation);
                    while (!(await store.SweepAsync(History.Origin, Cancellation)).IsDone)
                    {
                    }
                }
            },
            Cancellation)));
        await using var connection = new NpgsqlConnection(await _stores.StorageAsync(name));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from events where unit not in (select unit from units)"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from events where at < (select max(horizon) from retention)"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from units where unit not in (select unit from events union all select unit from exposures)"));
        Assert.True(await connection.ExecuteScalarAsync<long>("select max(horizon) from retention") >= History.Start + (30 * History.Hour));
        foreach (var store in stores)
        {
            await store.RefreshAsync(Cancellation);
            Assert.NotNull(store.Read("one")!.SealedAt);
            AssertSame(stores[0].Read("two")!, store.Read("two")!);
            AssertSameSums(store.Read("two")!, (await store.RecomputeAsync("two", Cancellation))!);
        }
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name);

    private protected override async Task<(RowCounts Rows, ISet<string> Users)> StoredAsync(string name)
    {
        await using var connection = new NpgsqlConnection(await _stores.StorageAsync(name));
        return (
            new RowCounts(await CountAsync("exposures"), await CountAsync("events"), await CountAsync("covariates")),
            (await connection.QueryAsync<string>("select user_id from units")).ToHashSet(StringComparer.Ordinal));

        Task<long> CountAsync(string table) => connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    /// <summary>Events of hours that go on, of a few units that come again and many that do not.</summary>
    private static Batch Batch(int process, int round) => new(null, History.Start)
    {
        Events =
        [
            .. Enumerable.Range(0, 6).Select(i => new EventItem(
                i, i < 3 ? $"u{i}" : $"u{process}-{round}-{i}", i % 2 == 0 ? "buy" : "view", 0.1, History.Start + (((round * 2) + i) * History.Hour), null, i % 2 == 0 ? $"{process} {round} {i}" : null, null, null)),
        ],
    };
}
