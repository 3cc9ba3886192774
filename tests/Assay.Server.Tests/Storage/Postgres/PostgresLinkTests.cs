using System.Collections.Immutable;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Postgres;
using Assay.Server.Tests.Storage.Hygiene;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresLinkTests(PostgresCluster cluster) : LinkContract, IAsyncLifetime
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

    [Fact]
    public Task While_one_process_links_and_lifts_others_commit_and_in_the_end_all_serve_what_one_would() => ProcessRace.AssertAgreeAsync(_stores, Batch, LinkAsync);

    [Fact]
    public async Task Who_was_erased_lifted_and_linked_anew_elsewhere_is_known_to_a_process_that_comes_late()
    {
        var name = NewName();
        await using var late = await _stores.OpenAsync(name);
        await using var store = await _stores.OpenAsync(name);
        await store.OpenAsync(History.Views[0], History.Origin, Cancellation);
        await LinkAsync(store, ("a", "b"), ("c", "b"), ("d", "e"));
        await late.CommitAsync([Exposed("a", 0, 1), Exposed("c", 1, 2), Exposed("d", 0, 3)], History.Origin, Cancellation);
        await LiftAsync(store, "a");
        await LinkAsync(store, ("a", "x"));
        await LiftAsync(store, "a");
        await LinkAsync(store, ("a", "d"));
        await LiftAsync(store, "c");
        await store.EraseAsync("b", "tester", History.Origin, Cancellation);
        await LinkAsync(store, ("c", "b"));
        await late.CommitAsync([Exposed("b", 0, 0), Exposed("e", 1, 0)], History.Origin, Cancellation);
        Assert.Equal(2, late.Read("one")!.Accumulators.Where(entry => entry.Key.Metric == Analysis.Measurement.AccumulatorKey.Timing).Sum(entry => entry.Value.Count));
        AssertSameSums(late.Read("one")!, (await late.RecomputeAsync("one", Cancellation))!);
    }

    [Fact]
    public async Task The_list_tells_the_links_of_a_person_and_of_all()
    {
        var name = NewName();
        await using var store = await _stores.OpenAsync(name);
        await LinkAsync(store, ("a", "b"), ("b", "c"), ("d", "c"), ("x", "y"));
        await LiftAsync(store, "d");
        await using var engine = new PostgresEngine(await _stores.StorageAsync(name));
        var list = new IdentityList(engine.Source);
        foreach (var id in (string[])["a", "b", "c"]) Assert.Equal(["a b", "b c"], Texts(await list.ReadAsync(id, 10, 0, Cancellation)));
        Assert.Empty(await list.ReadAsync("d", 10, 0, Cancellation));
        var all = await list.ReadAsync(null, 2, 0, Cancellation);
        Assert.Equal(["a b", "b c", "x y"], [.. Texts(all), .. Texts(await list.ReadAsync(null, 2, all[^1].Unit, Cancellation))]);

        static IEnumerable<string> Texts(IEnumerable<IdentityPlace> places) => places.Select(place => $"{place.Identity.AnonymousId} {place.Identity.UserId}");
    }

    [Fact]
    public async Task Links_leave_what_is_remembered_of_units_as_it_is()
    {
        var storage = await _stores.StorageAsync(NewName());
        await using var engine = new PostgresEngine(storage);
        await engine.MigrateAsync(TimeProvider.System, Cancellation);
        await using var session = await WriterSession.OpenAsync(engine.Sessions, new SharedMemory(new UnitMemory()), keepsEventIds: false, Cancellation);
        var unit = Fingerprint.Of("u");
        session.See(0);
        session.Memory.Known.Set(unit, new KnownUnit(7, [1, 2]));
        session.Memory.KnownAt = 0;
        await using (var transaction = await session.Connection.BeginTransactionAsync(Cancellation))
        {
            var run = new LinkRun(session, [new LinkBatch([new LinkItem(0, "a", "b")], IsLifting: false, "tester")], 1);
            var (_, watermark) = await run.RunAsync(new Picture(new ViewIndex(0, []), -1, People.None), Cancellation);
            await transaction.CommitAsync(Cancellation);
            run.Keep(watermark);
            Assert.Equal(1, watermark);
        }

        Assert.True(session.Memory.Known.TryFind(unit, out var known));
        Assert.Equal([1, 2], known.Rows!);
        Assert.Equal((7, 1), (known.Unit, session.Memory.KnownAt));
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name);

    private static Task<ImmutableArray<LinkOutcome>> LinkAsync(PostgresEventStore store, int process, int round, bool isLifting) => store.LinkAsync(
        [new LinkBatch([new LinkItem(0, $"u{process}-{round}", isLifting ? "" : $"u{process + 1}-{round}")], isLifting, "tester")], History.Origin, Cancellation);

    private static Task<ImmutableArray<LinkOutcome>> LinkAsync(PostgresEventStore store, params (string From, string Into)[] pairs) => store.LinkAsync(
        [new LinkBatch([.. pairs.Select((pair, i) => new LinkItem(i, pair.From, pair.Into))], IsLifting: false, "tester")], History.Origin, Cancellation);

    private static Task<ImmutableArray<LinkOutcome>> LiftAsync(PostgresEventStore store, string id) => store.LinkAsync([new LinkBatch([new LinkItem(0, id, "")], IsLifting: true, "tester")], History.Origin, Cancellation);

    private static Batch Exposed(string user, int arm, int at) =>
        new("one", History.Start) { Exposures = [new ExposureItem(0, user, arm, History.Start + at, null, null, null, null)] };

    /// <summary>Rows of every unit that anybody links, and of others.</summary>
    private static Batch Batch(int number) => new("one", History.Start)
    {
        Exposures = [.. Units(number).Select((user, i) => new ExposureItem(i, user, i % 2, History.Start + (number % 5), null, $"{number}-{user}", null, null))],
        Events = [.. Units(number).Select((user, i) => new EventItem(i, user, "buy", number * 0.1, History.Start + History.Hour, null, $"{number}-{user}", null, null))],
        Covariates = [.. Units(number).Select((user, i) => new CovariateItem(i, user, "x", user.Length + user[1]))],
    };

    private static IEnumerable<string> Units(int number) => Enumerable.Range(0, 12).Select(i => i < 9 ? $"u{i / 3}-{2 * ((number + i) % 10)}" : $"other-{number % 7}");
}

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public abstract class PostgresLinkMemoryTests(PostgresCluster cluster) : LinkContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    private protected abstract UnitMemory Memory { get; }

    private protected override int Histories => 20;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _stores.DisposeAsync();
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name, Memory);
}

/// <summary>Every unit is remembered by what its events come to.</summary>
public sealed class PostgresHotLinkTests(PostgresCluster cluster) : PostgresLinkMemoryTests(cluster)
{
    private protected override UnitMemory Memory { get; } = new() { LongestRows = 0 };
}

/// <summary>Hardly anything is remembered.</summary>
public sealed class PostgresColdLinkTests(PostgresCluster cluster) : PostgresLinkMemoryTests(cluster)
{
    private protected override UnitMemory Memory { get; } = new() { Room = 0 };
}
