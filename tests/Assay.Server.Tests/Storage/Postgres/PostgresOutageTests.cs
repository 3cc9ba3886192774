using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>One connection of a server, or all of them, is lost while another server goes on.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresOutageTests(PostgresCluster cluster) : IAsyncLifetime
{
    // Nothing here is found by looking now and then.
    private static readonly PostgresTimes NeverLooking = new() { Quiet = TimeSpan.FromHours(1) };

    /// <summary>The number of the word of an outage.</summary>
    private const int Away = 110;

    private readonly List<RunningServer> _servers = [];
    private CuttingProxy? _proxy;
    private string? _storage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        _storage = await cluster.CreateDatabaseAsync();
        _proxy = new CuttingProxy(cluster.Port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
        if (_storage is not null) await cluster.DropDatabaseAsync(_storage);
    }

    [Fact]
    public async Task A_process_whose_writing_session_ended_while_idle_hears_of_others_and_commits_again()
    {
        var here = await StartAsync(new NpgsqlConnectionStringBuilder(_storage) { KeepAlive = 1 }, NeverLooking);
        var there = await StartAsync(new NpgsqlConnectionStringBuilder(_storage), new PostgresTimes());
        await here.CreateAsync("checkout");
        await here.BeginAsync("checkout");
        var store = here.Services.GetRequiredService<PostgresEventStore>();
        await using (var connection = new NpgsqlConnection($"{_storage};Pooling=false"))
            await connection.ExecuteAsync("select pg_terminate_backend(pid) from unnest(@pids) as pid", new { pids = store.WritingProcesses.ToArray() });
        await Wait.UntilAsync(() => store.WritingProcesses is []);

        await there.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(0, 3, at: null));
        await Wait.UntilAsync(() => UnitsOf(store) == 3);
        await here.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(3, 2, at: null));
        await Wait.UntilAsync(() => UnitsOf(store) == 5);
    }

    [Fact]
    public async Task A_listener_whose_connection_was_forgotten_on_the_way_is_found_out()
    {
        var here = await StartAsync(
            new NpgsqlConnectionStringBuilder(_storage) { Port = _proxy!.Port }, new PostgresTimes { Quiet = TimeSpan.FromMilliseconds(50), Answer = TimeSpan.FromSeconds(1) });
        var there = await StartAsync(new NpgsqlConnectionStringBuilder(_storage), new PostgresTimes());
        await here.CreateAsync("checkout");
        await here.BeginAsync("checkout");
        var directory = here.Services.GetRequiredService<ExperimentDirectory>();
        await Wait.UntilAsync(async () => ReferenceEquals(await directory.FindAsync("checkout", Cancellation), await directory.FindAsync("checkout", Cancellation)));
        Assert.Equal(1, _proxy.Swallow(Encoding.ASCII.GetBytes("listen assay_commit")));

        Assert.Equal(HttpStatusCode.OK, (await there.PostAsync("experiments/checkout/stop", "")).Status);
        await Wait.UntilAsync(async () => (await here.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(0, 1, at: null))).GetProperty("rejected").GetArrayLength() == 1);
    }

    [Fact]
    public async Task An_outage_is_told_of_once()
    {
        using var told = new Told();
        var here = await StartAsync(
            new NpgsqlConnectionStringBuilder(_storage) { Port = _proxy!.Port },
            NeverLooking with { BetweenAttempts = TimeSpan.FromMilliseconds(1) },
            services => services.AddSingleton<ILoggerProvider>(told).Configure<LoggerFilterOptions>(filters => filters.AddFilter<Told>(typeof(ChangeListener).FullName, LogLevel.Warning)));
        var there = await StartAsync(new NpgsqlConnectionStringBuilder(_storage), new PostgresTimes());
        await there.CreateAsync("checkout");
        await there.BeginAsync("checkout");
        var store = here.Services.GetRequiredService<PostgresEventStore>();
        for (var outage = 1; outage <= 2; outage++)
        {
            var turnedAway = _proxy.TurnedAway;
            _proxy.GoAway();
            await Wait.UntilAsync(() => _proxy.TurnedAway >= turnedAway + 10);
            Assert.Equal(outage, told.Count(Away));
            _proxy.Return();

            // Heard of twice: the listener has come back, and goes on.
            for (var commit = 1; commit <= 2; commit++)
            {
                var receipt = await there.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures((2 * outage) + commit, 1, at: null));
                await Wait.UntilAsync(() => store.Watermark >= receipt.GetProperty("watermark").GetInt64());
            }
        }
    }

    [Theory]
    [InlineData("COMMIT\0", true, false)]
    [InlineData("COMMIT\0", true, true)]
    [InlineData("COMMIT\0", false, true)]
    [InlineData("update experiments", true, false)]
    [InlineData("update experiments", false, true)]
    public async Task A_change_that_is_cut_off_is_made_whole_or_undone(string at, bool isPassedOn, bool isAway)
    {
        var here = await StartAsync(new NpgsqlConnectionStringBuilder(_storage) { Port = _proxy!.Port }, new PostgresTimes());
        await here.CreateAsync("checkout");
        await here.BeginAsync("checkout");
        var begun = await StoredAsync();
        Assert.Equal(begun.Catalog, begun.Events);
        _proxy.CutAt(Encoding.ASCII.GetBytes(at), isPassedOn, isAway);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await here.PostAsync("experiments/checkout/stop", "")).Status);
        Assert.True(_proxy.HasCut);
        _proxy.Return();
        await Wait.UntilAsync(async () => await StoredAsync() is var (catalog, events) && catalog == events);
        await here.UntilReadyAsync();
        await Wait.UntilAsync(async () => (await here.PostAsync("experiments/checkout/stop", "")).Status == HttpStatusCode.OK);
        var stopped = await StoredAsync();
        Assert.Equal(stopped.Catalog, stopped.Events);
        Assert.NotEqual(begun.Catalog, stopped.Catalog);
    }

    [Fact]
    public async Task A_turn_that_another_session_keeps_is_not_waited_for_for_ever()
    {
        var here = await StartAsync(new NpgsqlConnectionStringBuilder(_storage), new PostgresTimes { Turn = TimeSpan.FromMilliseconds(100) });
        await here.CreateAsync("checkout");
        await using (var frozen = new NpgsqlConnection($"{_storage};Pooling=false"))
        {
            await frozen.OpenAsync(Cancellation);
            foreach (var number in (int[])[AdvisoryLocks.Changes, AdvisoryLocks.Migrations])
                await frozen.ExecuteAsync("select pg_advisory_lock(@assay, @number)", new { assay = AdvisoryLocks.Assay, number });
            foreach (var route in (string[])["start", "stop"])
            {
                using var answer = await here.Client.PostAsync($"/api/v1/experiments/checkout/{route}", null, Cancellation);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter);
            }

            // A server that starts now says so, and asks again.
            var engine = here.Services.GetRequiredService<PostgresEngine>();
            var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(() => engine.MigrateAsync(TimeProvider.System, Cancellation));
            Assert.True(StorageAway.Is(refused));
        }

        await Wait.UntilAsync(async () => (await here.PostAsync("experiments/checkout/start", "{}")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_view_that_is_as_it_should_be_waits_for_no_commit()
    {
        await using var engine = new PostgresEngine(_storage!);
        await engine.MigrateAsync(TimeProvider.System, Cancellation);
        await using var store = new PostgresEventStore(engine);
        await store.OpenAsync(History.Views[0], History.Origin, Cancellation);
        await using var committing = new NpgsqlConnection($"{_storage};Pooling=false");
        await committing.OpenAsync(Cancellation);
        await committing.ExecuteAsync("select pg_advisory_lock_shared(@assay, @views)", new { assay = AdvisoryLocks.Assay, views = AdvisoryLocks.Views });
        await store.OpenAsync(History.Views[0], History.Origin, Cancellation).WaitAsync(Wait.Long, Cancellation);
    }

    private static long UnitsOf(PostgresEventStore store) =>
        store.Read("checkout")!.Accumulators.Where(entry => entry.Key.Metric == AccumulatorKey.Timing).Sum(entry => entry.Value.Count);

    /// <summary>The view that the catalog asks for, and that of the event store.</summary>
    private async Task<(string Catalog, string Events)> StoredAsync()
    {
        await using var source = NpgsqlDataSource.Create(_storage!);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        var experiment = await new SqlCatalog(source).FindAsync("checkout", Cancellation);
        return (ViewJson.Write(experiment!.ToView()!), (await connection.ExecuteScalarAsync<string>("select view from experiment_views where key = 'checkout'"))!);
    }

    private async Task<RunningServer> StartAsync(NpgsqlConnectionStringBuilder storage, PostgresTimes times, Action<IServiceCollection>? adjust = null)
    {
        var server = await RunningServer.StartAsync(
            services =>
            {
                services.AddSingleton<IStorageEngine>(_ => new PostgresEngine(storage.ConnectionString, times));
                adjust?.Invoke(services);
            },
            storage.ConnectionString);
        _servers.Add(server);
        return server;
    }

    /// <summary>What was logged, by number.</summary>
    private sealed class Told : ILoggerProvider, ILogger
    {
        private readonly ConcurrentBag<int> _numbers = [];

        public int Count(int number) => _numbers.Count(told => told == number);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _numbers.Add(eventId.Id);

        public void Dispose()
        {
        }
    }
}
