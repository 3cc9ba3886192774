using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Two commits of one process at once: one measures, held back by a lock of its experiment, while the other copies in.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresPipelineTests(PostgresCluster cluster) : EventStoreAssertions, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);
    private string _name = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_commit_has_copied_in_what_it_stores_before_the_one_ahead_of_it_has_ended()
    {
        var (store, other) = await OpenAsync();
        await using (other)
        {
            var (first, second) = await HeldAsync(store, other);
            Assert.False(first.IsCompleted || second.IsCompleted);
            await other.ExecuteAsync("select pg_advisory_unlock_all()");
            Assert.True((await first).Watermark < (await second).Watermark);
            await AssertCountedAsync(store, 2);
        }
    }

    [Fact]
    public async Task Whoever_began_first_waits_for_an_id_and_whoever_has_it_does_not_wait_for_who_began_first()
    {
        var (store, other) = await OpenAsync();
        await using (other)
        {
            await using var claim = await other.BeginTransactionAsync(Cancellation);
            await other.ExecuteAsync(
                "insert into events (unit, batch, item, name, at, arrived_at, value, scope, id) values (1, nextval('batches'), 0, 1, 0, 0, 1, 0, @id)", new { id = EventId.Of(IdOf(0)) });
            var first = CommitAsync(store, Bought("u", 0, 1));
            await UntilAsync("select exists (select 1 from pg_stat_activity where application_name = 'assay' and datname = current_database() and wait_event = 'transactionid')");
            Assert.Equal([ItemFate.Recorded], (await CommitAsync(store, Bought("u", 1))).Fates);
            Assert.False(first.IsCompleted);
            await claim.RollbackAsync(Cancellation);
            Assert.Equal([ItemFate.Recorded, ItemFate.Duplicate], (await first).Fates);
            await AssertCountedAsync(store, 2);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_that_loses_its_session_takes_nothing_from_the_other(bool isFirst)
    {
        var (store, other) = await OpenAsync();
        await using (other)
        {
            var (first, second) = await HeldAsync(store, other);
            var (lost, left) = isFirst ? (first, second) : (second, first);
            await other.ExecuteAsync($"select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 0 and granted and {(isFirst ? "" : "not ")} pid in (select pid from pg_locks where not granted)");
            if (isFirst) await Assert.ThrowsAnyAsync<NpgsqlException>(() => lost);
            await other.ExecuteAsync("select pg_advisory_unlock_all()");
            Assert.Equal([ItemFate.Recorded], (await left).Fates);
            if (!isFirst) await Assert.ThrowsAnyAsync<NpgsqlException>(() => lost);
            await AssertCountedAsync(store, 1);
            Assert.Equal([isFirst ? ItemFate.Recorded : ItemFate.Duplicate], (await CommitAsync(store, Bought("u", 0))).Fates);
            Assert.Equal([isFirst ? ItemFate.Duplicate : ItemFate.Recorded], (await CommitAsync(store, Bought("u", 1))).Fates);
            await AssertCountedAsync(store, 2);
        }
    }

    [Fact]
    public async Task Who_is_erased_by_another_process_before_a_commit_has_remembered_him_is_not_remembered()
    {
        var name = NewName();
        await using var store = await _stores.OpenAsync(name);
        await using var elsewhere = await _stores.OpenAsync(name);
        await store.OpenAsync(History.Views[0], History.Origin, Cancellation);
        await elsewhere.RefreshAsync(Cancellation);
        for (var round = 0; round < 20; round++)
        {
            var commit = Task.Run(() => CommitAsync(store, Exposed(2 * round)), Cancellation);
            var erasure = Task.Run(() => elsewhere.EraseAsync("u", "tester", History.Origin, Cancellation), Cancellation);
            await Task.WhenAll(commit, erasure);
            await CommitAsync(store, Exposed((2 * round) + 1));
            AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", Cancellation))!);
        }

        await AssertAllAreSomebodysAsync(name);

        static Batch Exposed(int number) => new("one", History.Start)
        {
            Exposures = [new ExposureItem(0, "u", 0, History.Start, null, $"x{number}", null, null)],
            Events = Bought("u", number).Events,
        };
    }

    [Fact]
    public async Task What_is_done_alone_does_not_begin_while_a_commit_of_the_process_is_under_way()
    {
        var (store, other) = await OpenAsync();
        await using (other)
        {
            await other.ExecuteAsync("select pg_advisory_lock(@assay, experiment) from experiment_views", new { assay = AdvisoryLocks.Assay });
            var commit = CommitAsync(store, Bought("u", 0));
            await UntilAsync("select exists (select 1 from pg_locks where locktype = 'advisory' and not granted)");
            var erasure = store.EraseAsync("u", "tester", History.Origin, Cancellation);
            await Wait.AWhileAsync();
            await other.ExecuteAsync("select pg_advisory_unlock_all()");
            Assert.Equal([ItemFate.Recorded], (await commit).Fates);
            Assert.Equal(2, (await erasure)!.Rows.Events);
            Assert.Single(store.WritingProcesses);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Batches_that_overlap_count_once_while_people_are_linked_and_erased_and_views_come(int seed)
    {
        const int Clients = 6, Rounds = 25;
        var name = NewName();
        await using var store = await _stores.OpenAsync(name);
        await using var queue = new CommitQueue(store, TimeProvider.System);
        await queue.StartAsync(Cancellation);
        await queue.OpenAsync(History.Views[0], Cancellation);
        await queue.OpenAsync(History.Views[2], Cancellation);
        var recorded = 0;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                var random = new Random((seed * Clients) + (client / 2));
                for (var round = 0; round < Rounds; round++)
                {
                    // Every batch is sent by two clients.
                    var outcome = (await queue.SubmitAsync(Drawn(random, client / 2, round), Cancellation))!;
                    Assert.True(store.Watermark >= outcome.Watermark);
                    Interlocked.Add(ref recorded, outcome.Fates.Count(fate => fate == ItemFate.Recorded));
                    if (round == 8 + client) await queue.EraseAsync($"u{client}", "tester", Cancellation);
                    if (round == 6 + client) await queue.LinkAsync(new LinkBatch([new LinkItem(0, $"u{client}", $"p{client / 2}")], IsLifting: false, "tester"), Cancellation);
                    if (round == 10 + client) await queue.OpenAsync(History.Views[2] with { ClosesAt = History.Start + ((20 + client) * History.Hour) }, Cancellation);
                    if (round == 20 && client == 0) await queue.OpenAsync(History.Views[1], Cancellation);
                }
            },
            Cancellation)));
        await using var anew = await _stores.OpenAsync(name);
        AssertSame(anew, store);
        foreach (var view in History.Views) AssertSameSums(store.Read(view.Key)!, (await store.RecomputeAsync(view.Key, Cancellation))!);
        Assert.True(recorded > Clients / 2 * Rounds);
        await AssertNoneIsTwiceAsync(name);
        await AssertAllAreSomebodysAsync(name);
    }

    /// <summary>Of two experiments that have no event in common until a third one comes, so that their commits have no lock in common.</summary>
    private static Batch Drawn(Random random, int pair, int round) => new(pair == 0 ? "three" : "one", History.Start + (16 * History.Hour))
    {
        Exposures = [.. Enumerable.Range(0, 4).Select(i => new ExposureItem(i, $"u{random.Next(40)}", 0, History.Start + (16 * History.Hour) + i, null, $"x{pair}.{round}.{i}", null, null))],
        Events = [.. Enumerable.Range(0, 12).Select(i => Drawn(random, i, pair, round))],
    };

    private static EventItem Drawn(Random random, int index, int pair, int round) => new(
        index,
        $"u{random.Next(40)}",
        random.Next(8) == 0 ? $"new{round}" : pair == 0 ? "refund" : "buy",
        random.Next(100) * 0.1,
        History.Start + (17 * History.Hour) + index,
        null,
        $"{pair}.{round}.{index}",
        null,
        null);

    private static string IdOf(int number) => $"00000000-0000-4000-8000-{number:d12}";

    private static Batch Bought(string user, params ReadOnlySpan<int> ids)
    {
        var events = new List<EventItem>();
        foreach (var id in ids) events.Add(new EventItem(events.Count, user, "buy", 1, History.Start + (History.Hour / 2), null, IdOf(id), null, null));
        return new Batch(null, History.Start) { Events = [.. events] };
    }

    private static async Task<BatchOutcome> CommitAsync(PostgresEventStore store, Batch batch) => (await store.CommitAsync([batch], History.Origin, Cancellation))[0];

    /// <returns>A store in which u was exposed, and a session beside it.</returns>
    private async Task<(PostgresEventStore Store, NpgsqlConnection Other)> OpenAsync()
    {
        _name = NewName();
        var store = await _stores.OpenAsync(_name);
        await store.OpenAsync(History.Views[0], History.Origin, Cancellation);
        await CommitAsync(store, new Batch("one", History.Start) { Exposures = [new ExposureItem(0, "u", 0, History.Start, null, null, null, null)], Events = Bought("u", 99).Events });
        var other = new NpgsqlConnection($"{await _stores.StorageAsync(_name)};Pooling=false");
        await other.OpenAsync(Cancellation);
        return (store, other);
    }

    /// <returns>A commit that waits for its experiment, which the other session holds, and one that has copied in its event and waits for the first.</returns>
    private async Task<(Task<BatchOutcome> First, Task<BatchOutcome> Second)> HeldAsync(PostgresEventStore store, NpgsqlConnection other)
    {
        await other.ExecuteAsync("select pg_advisory_lock(@assay, experiment) from experiment_views", new { assay = AdvisoryLocks.Assay });
        var first = CommitAsync(store, Bought("u", 0));
        await UntilAsync("select exists (select 1 from pg_locks where locktype = 'advisory' and not granted)");
        var second = CommitAsync(store, Bought("u", 1));
        await UntilAsync(
            "select exists (select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and query = 'release savepoint events')");
        return (first, second);
    }

    private async Task UntilAsync(string question)
    {
        await using var asking = new NpgsqlConnection($"{await _stores.StorageAsync(_name)};Pooling=false");
        await asking.OpenAsync(Cancellation);
        await Wait.UntilAsync(() => asking.ExecuteScalarAsync<bool>(question));
    }

    /// <summary>Besides the one with which the store was opened.</summary>
    private async Task AssertCountedAsync(PostgresEventStore store, int events)
    {
        Assert.Equal(events + 1, (await store.CountAsync("one", Cancellation)).EventRows);
        AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", Cancellation))!);
        await using var anew = await _stores.OpenAsync(_name);
        AssertSame(anew.Read("one")!, store.Read("one")!);
    }

    private async Task AssertAllAreSomebodysAsync(string name)
    {
        await using var connection = new NpgsqlConnection(await _stores.StorageAsync(name));
        Assert.Empty(await connection.QueryAsync<long>("select unit from exposures union select unit from events except select unit from units"));
    }

    private async Task AssertNoneIsTwiceAsync(string name)
    {
        await using var connection = new NpgsqlConnection(await _stores.StorageAsync(name));
        Assert.Empty(await connection.QueryAsync<Guid>("select id from events where id is not null group by scope, id having count(*) > 1"));
        Assert.Empty(await connection.QueryAsync<string>("select user_id from units group by user_id having count(*) > 1"));
    }
}
