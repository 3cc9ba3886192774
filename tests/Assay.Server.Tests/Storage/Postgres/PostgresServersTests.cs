using System.Globalization;
using System.Net;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Two whole servers on one database.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresServersTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly List<RunningServer> _servers = [];
    private string? _storage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        _storage = await cluster.CreateDatabaseAsync();
        for (var i = 0; i < 2; i++) _servers.Add(await RunningServer.StartAsync(storage: _storage));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        if (_storage is not null) await cluster.DropDatabaseAsync(_storage);
    }

    [Fact]
    public async Task The_stream_of_one_process_shows_what_another_has_committed()
    {
        var (here, there) = (_servers[0], _servers[1]);
        await here.CreateAsync("checkout");
        await here.BeginAsync("checkout");
        using var stream = new StreamReader(await there.Client.GetStreamAsync("/api/v1/experiments/checkout/live-stats/stream", Cancellation));
        await UntilWatermarkAsync(stream, 1);
        var receipt = await here.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(0, 10, at: null));
        await UntilWatermarkAsync(stream, receipt.GetProperty("watermark").GetInt64());
    }

    [Fact]
    public async Task What_one_process_starts_and_stops_the_other_knows()
    {
        var (here, there) = (_servers[0], _servers[1]);
        await here.CreateAsync("checkout");

        // Remembered as a draft by the other before it is started.
        Assert.Equal(HttpStatusCode.Conflict, (await there.PostAsync("experiments/checkout/exposures", Tests.History.Exposures(0, 1, at: null))).Status);
        await here.BeginAsync("checkout");
        await there.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(0, 10, at: null));
        await there.RecordAsync("events", """{"events":[{"id":"1","user_id":"u1","name":"purchase","value":2}]}""");
        Assert.Equal(10, (await here.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64());
        Assert.Equal(1, (await here.GetAsync("experiments/checkout/ingestion")).GetProperty("event_rows_total").GetInt64());

        Assert.Equal(HttpStatusCode.OK, (await there.PostAsync("experiments/checkout/stop", "")).Status);
        await Wait.UntilAsync(async () => (await here.GetAsync("experiments/checkout/live-stats")).GetProperty("status").GetString() == "stopped");
        foreach (var server in _servers) Assert.True((await server.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task Of_two_processes_that_start_one_experiment_one_does()
    {
        await _servers[0].CreateAsync("checkout");
        var answers = await Task.WhenAll(_servers.Select(server => server.PostAsync("experiments/checkout/start", "{}")));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        foreach (var server in _servers) Assert.True((await server.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task A_process_whose_sessions_are_ended_hears_of_the_others_again()
    {
        var (here, there) = (_servers[0], _servers[1]);
        await here.CreateAsync("checkout");
        await here.BeginAsync("checkout");
        await UntilAllServeAsync(0);
        await using (var connection = new NpgsqlConnection($"{_storage};Pooling=false"))
            await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        for (var unit = 0; unit < 20; unit++)
        {
            var body = Tests.History.Exposures(unit, 1, at: null);
            await Wait.UntilAsync(async () => (await (unit % 2 == 0 ? here : there).PostAsync("experiments/checkout/exposures", body)).Status == HttpStatusCode.OK);
        }

        await UntilAllServeAsync(20);
        Assert.Equal(HttpStatusCode.OK, (await there.PostAsync("experiments/checkout/pause", "")).Status);
        await Wait.UntilAsync(async () => (await here.GetAsync("experiments/checkout/live-stats")).GetProperty("status").GetString() == "paused");

        Task UntilAllServeAsync(long units) => Wait.UntilAsync(() => _servers.TrueForAll(server => UnitsOf(server.Services.GetRequiredService<IEventStore>().Read("checkout")) == units));
    }

    private static long UnitsOf(MeasuredExperiment? picture) =>
        picture is null ? -1 : picture.Accumulators.Where(entry => entry.Key.Metric == AccumulatorKey.Timing).Sum(entry => entry.Value.Count);

    /// <summary>Reads events until one is of that commit or a later one.</summary>
    private static async Task UntilWatermarkAsync(StreamReader stream, long watermark)
    {
        const string Field = "\"watermark\":";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Wait.Long);
        while (await stream.ReadLineAsync(patience.Token) is { } line)
        {
            var at = line.IndexOf(Field, StringComparison.Ordinal);
            if (at < 0) continue;
            var digits = line[(at + Field.Length)..].TakeWhile(char.IsAsciiDigit).ToArray();
            if (long.Parse(digits, CultureInfo.InvariantCulture) >= watermark) return;
        }

        Assert.Fail("The stream ended.");
    }
}
