using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Postgres;
using CsCheck;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Several processes on one database at once: here several stores, which share nothing but it.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresProcessesTests(PostgresCluster cluster) : EventStoreAssertions, IAsyncLifetime
{
    private const int Processes = 3;
    private readonly PostgresStores _stores = new(cluster);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(2_048)]
    [InlineData(0)]
    public Task Any_number_of_processes_ends_in_the_same_bits_as_one_however_units_are_remembered(int longestRows) =>
        Gen.Select(History.Items, Gen.Int).SampleAsync(
            async (items, seed) =>
            {
                var harmless = Harmless(items);
                var shuffled = harmless.ToArray();
                new Random(seed).Shuffle(shuffled);
                await using var alone = await _stores.OpenAsync(NewName());
                foreach (var view in History.Views) await alone.OpenAsync(view, History.Origin, CancellationToken.None);
                foreach (var item in harmless) await alone.CommitAsync([item.Alone()], History.Origin, CancellationToken.None);

                var stores = await OpenAsync(NewName(), Processes, new UnitMemory { LongestRows = longestRows });
                await stores[0].OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
                await Task.WhenAll(stores.Select((store, process) => Task.Run(async () =>
                {
                    // Each has a third of the items, and each opens an experiment in the middle of it.
                    var own = shuffled.Where((_, i) => i % Processes == process).ToList();
                    foreach (var batch in Batches(own[..(own.Count / 2)])) await store.CommitAsync([batch], History.Origin, CancellationToken.None);
                    await store.OpenAsync(History.Views[process], History.Origin, CancellationToken.None);
                    await store.CommitAsync([.. Batches(own[(own.Count / 2)..])], History.Origin, CancellationToken.None);
                })));
                foreach (var store in stores)
                {
                    await store.RefreshAsync(CancellationToken.None);
                    AssertSame(alone, store);
                    await store.DisposeAsync();
                }
            },
            iter: 25,
            threads: 1);

    [Fact]
    public async Task Overlapping_batches_count_once_while_views_come_and_change()
    {
        const int Rounds = 30, Clients = 4;
        var stores = await OpenAsync(NewName(), Clients);
        foreach (var view in History.Views[..2]) await stores[0].OpenAsync(view, History.Origin, Cancellation);
        var recorded = 0;
        await Task.WhenAll(stores.Select((store, client) => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                // Every batch is sent by two clients, and every unit is in the batches of all.
                var outcome = await store.CommitAsync([Overlapping((round + (client / 2 * Rounds)) * 10)], History.Origin, Cancellation);
                Interlocked.Add(ref recorded, outcome[0].Fates.Count(fate => fate == ItemFate.Recorded));
                if (round % 10 == client) await store.OpenAsync(History.Views[2] with { ClosesAt = History.Start + ((20 + round) * History.Hour) }, History.Origin, Cancellation);
            }
        })));
        Assert.Equal(2 * Rounds * 20, recorded);
        foreach (var store in stores)
        {
            await store.RefreshAsync(Cancellation);
            AssertSame(stores[0], store);
            foreach (var view in History.Views) AssertSameSums(store.Read(view.Key)!, (await store.RecomputeAsync(view.Key, Cancellation))!);
            Assert.Equal(stores[0].Watermark, store.Watermark);
        }
    }

    [Theory]
    [InlineData(2_048)]
    [InlineData(0)]
    public async Task What_a_process_remembers_of_a_unit_is_no_more_than_what_others_left_of_it(int longestRows)
    {
        var stores = await OpenAsync(NewName(), 2, new UnitMemory { LongestRows = longestRows });
        foreach (var view in History.Views) await stores[0].OpenAsync(view, History.Origin, Cancellation);
        foreach (var store in stores) await store.RefreshAsync(Cancellation);

        // Each process in turn adds to what both remember, changes the arm under it, or only looks.
        (int Process, Batch Batch)[] commits =
        [
            (0, Exposed(1, 30)), (0, Bought(1)), (1, Bought(2)), (0, Bought(3)), (0, Bought(4)), (1, Exposed(0, 20)), (0, Bought(5)), (0, Bought(5)), (1, Bought(6)), (1, Bought(7)),
            (0, Bought(8)), (1, Exposed(1, 10)), (1, Bought(9)), (0, Exposed(0, 5)), (1, Bought(10)), (0, Bought(11)),
        ];
        foreach (var (process, batch) in commits)
        {
            await stores[process].CommitAsync([batch], History.Origin, Cancellation);
            foreach (var store in stores)
            {
                await store.RefreshAsync(Cancellation);
                foreach (var view in History.Views) AssertSameSums(store.Read(view.Key)!, (await store.RecomputeAsync(view.Key, Cancellation))!);
            }
        }

        static Batch Exposed(int arm, int minute) =>
            new("one", History.Start) { Exposures = [new ExposureItem(0, "u", arm, History.Start + (minute * History.Hour / 60), null, null, null, null)] };

        static Batch Bought(int number) =>
            new(null, History.Start) { Events = [new EventItem(0, "u", "buy", number, History.Start + (number * History.Hour / 10), null, $"e{number}", null, null)] };
    }

    [Fact]
    public async Task An_event_of_a_name_that_another_process_gives_while_a_commit_reads_is_no_failure()
    {
        var name = NewName();
        var stores = await OpenAsync(name, 2);
        foreach (var store in stores) await store.OpenAsync(History.Views[0], History.Origin, Cancellation);
        await stores[0].CommitAsync([Exposed(30)], History.Origin, Cancellation);

        // The commit reads names, then waits for the events, and finds one whose name was not there before.
        await using var other = new NpgsqlConnection(await _stores.StorageAsync(name));
        await other.OpenAsync(Cancellation);
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await other.ExecuteAsync("lock table events in access exclusive mode");
        var commit = Task.Run(() => stores[1].CommitAsync([Exposed(20)], History.Origin, Cancellation), Cancellation);
        while (!commit.IsCompleted && !await other.ExecuteScalarAsync<bool>("select exists (select 1 from pg_locks where relation = 'events'::regclass and not granted)"))
            await Task.Yield();
        Assert.False(commit.IsCompleted);
        await other.ExecuteAsync(
            """
            with name as (insert into names (text) values ('buy') returning name)
            insert into events (unit, batch, item, name, at, arrived_at, value, scope)
            select unit, nextval('batches'), 0, name, 0, 0, 1, 0 from units, name
            """);
        await transaction.CommitAsync(Cancellation);
        Assert.Equal([ItemFate.Recorded], (await commit)[0].Fates);

        static Batch Exposed(int minute) =>
            new("one", History.Start) { Exposures = [new ExposureItem(0, "u", 0, History.Start + (minute * History.Hour / 60), null, null, null, null)] };
    }

    [Fact]
    public async Task A_receipt_is_in_every_readout_that_is_not_older()
    {
        // Each process commits to an experiment of its own, and serves that of the other.
        var stores = await OpenAsync(NewName(), 2);
        foreach (var view in History.Views[..2]) await stores[0].OpenAsync(view, History.Origin, Cancellation);
        var receipts = new List<(string Experiment, long Watermark)>();
        for (var i = 0; i < 12; i++)
        {
            var key = History.Views[i % 2].Key;
            var batch = new Batch(key, History.Start) { Exposures = [new ExposureItem(0, $"u{i}", 0, History.Start, null, null, null, null)] };
            receipts.Add((key, (await stores[i % 2].CommitAsync([batch], History.Origin, Cancellation))[0].Watermark));
            Assert.True(stores[i % 2].Watermark >= receipts[^1].Watermark);
            foreach (var store in stores)
                foreach (var view in History.Views[..2]) AssertHolds(store.Read(view.Key), receipts.Where(receipt => receipt.Experiment == view.Key));
        }

        static void AssertHolds(MeasuredExperiment? picture, IEnumerable<(string Experiment, long Watermark)> receipts)
        {
            if (picture is null) return;
            var units = picture.Accumulators.Where(entry => entry.Key.Metric == AccumulatorKey.Timing).Sum(entry => entry.Value.Count);
            Assert.Equal(receipts.Count(receipt => receipt.Watermark <= picture.Watermark), units);
        }
    }

    [Fact]
    public async Task Several_processes_may_migrate_one_database_at_once_and_each_step_happens_once()
    {
        var storage = await _stores.StorageAsync(NewName());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                await using var engine = new PostgresEngine(storage);
                await engine.MigrateAsync(TimeProvider.System, Cancellation);
            },
            Cancellation)));
        await using var connection = new NpgsqlConnection(storage);
        var applied = await connection.QueryAsync<int>("select number from schema_version order by number");
        Assert.Equal(Migrations.All("Postgres").Select(migration => migration.Number), applied);
        Assert.Equal(Enumerable.Range(1, applied.Count()), applied);
    }

    private static Batch Overlapping(int first) => new("one", History.Start)
    {
        Exposures = [.. Enumerable.Range(first, 10).Select(i => new ExposureItem(i, $"u{i % 30}", 0, History.Start + (i % 7), null, $"x{i}", null, null))],
        Events = [.. Enumerable.Range(first, 10).Select(i => new EventItem(i, $"u{i * 7 % 30}", i % 3 == 0 ? "refund" : "buy", i * 0.1, History.Start + (History.Hour / 2), null, $"e{i}", null, null))],
    };

    private async Task<PostgresEventStore[]> OpenAsync(string name, int processes, UnitMemory? memory = null)
    {
        var stores = new PostgresEventStore[processes];
        for (var i = 0; i < processes; i++) stores[i] = await _stores.OpenAsync(name, memory);
        return stores;
    }
}
