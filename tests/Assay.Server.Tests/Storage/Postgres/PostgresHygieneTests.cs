using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Assay.Server.Tests.Storage.Hygiene;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresHygieneTests(PostgresCluster cluster) : HygieneContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    private protected override int Histories => 30;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    /// <summary>Each excludes units of its own, while all have rows of all units.</summary>
    [Fact]
    public Task While_one_process_excludes_others_commit_and_in_the_end_all_serve_what_one_would() => ProcessRace.AssertAgreeAsync(_stores, Batch, ExcludeAsync);

    [Fact]
    public async Task While_one_process_erases_others_commit_and_nobody_stores_rows_under_a_number_that_is_gone()
    {
        const int Processes = 3, Rounds = 20;
        var name = NewName();
        var stores = new PostgresEventStore[Processes];
        for (var i = 0; i < Processes; i++) stores[i] = await _stores.OpenAsync(name);
        foreach (var view in History.Views[..2]) await stores[0].OpenAsync(view, History.Origin, Cancellation);
        await Task.WhenAll(stores.Select((store, process) => Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await store.CommitAsync([Batch((round * Processes) + process)], History.Origin, Cancellation);
                    await store.EraseAsync($"u{process}-{round}", "tester", History.Origin, Cancellation);
                }
            },
            Cancellation)));
        await using var connection = new NpgsqlConnection(await _stores.StorageAsync(name));
        foreach (var table in (string[])["exposures", "events"])
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>($"select count(*) from {table} where unit not in (select unit from units)"));
        Assert.True(await connection.ExecuteScalarAsync<long>("select count(*) from erasures") > Rounds);
        foreach (var store in stores)
        {
            await store.RefreshAsync(Cancellation);
            foreach (var view in History.Views[..2])
            {
                AssertSame(stores[0].Read(view.Key)!, store.Read(view.Key)!);
                AssertSameSums(store.Read(view.Key)!, (await store.RecomputeAsync(view.Key, Cancellation))!);
                var events = await connection.ExecuteScalarAsync<long>("select count(*) from events join names using (name) where text = any(@names) and at >= @StartedAt", new { names = view.Plans.Select(plan => plan.Event).Distinct().ToArray(), view.StartedAt });
                Assert.Equal(events, (await store.CountAsync(view.Key, Cancellation)).EventRows);
            }
        }
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name);

    private static Task<BatchOutcome> ExcludeAsync(PostgresEventStore store, int process, int round, bool isLifting) => store.ExcludeAsync(
        new ExclusionBatch([new ExclusionItem(0, $"u{process}-{round}", round % 3 == 0 ? null : "one", null)], isLifting, "tester"), History.Origin, Cancellation);

    /// <summary>Rows of every unit that anybody excludes, and of others.</summary>
    private static Batch Batch(int number) => new("one", History.Start)
    {
        Exposures = [.. Units(number).Select((user, i) => new ExposureItem(i, user, 0, History.Start + (number % 5), null, $"{number}-{user}", null, null))],
        Events = [.. Units(number).Select((user, i) => new EventItem(i, user, "buy", number * 0.1, History.Start + History.Hour, null, $"{number}-{user}", null, null))],
    };

    private static IEnumerable<string> Units(int number) => Enumerable.Range(0, 12).Select(i => i < 9 ? $"u{i / 3}-{2 * ((number + i) % 10)}" : $"other-{number % 7}");
}
