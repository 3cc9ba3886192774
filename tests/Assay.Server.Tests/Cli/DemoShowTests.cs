using System.Collections.Immutable;
using System.Text.Json;
using Assay.Server.Cli.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Cli;

public sealed class DemoShowTests
{
    /// <summary>The demo's own experiments with a few units a day.</summary>
    private static readonly ImmutableArray<DemoExperiment> Small = [.. DemoExperiments.All.Select(demo => demo with { UnitsPerDay = 10, LiveUnitsPerSecond = 5 })];

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData("exposures")]
    [InlineData("conversions")]
    public async Task Seeding_that_was_interrupted_is_finished_by_the_next_run_and_nothing_counts_twice(string interruptedAt)
    {
        await using var server = await RunningServer.StartAsync();
        using var pressed = new CancellationTokenSource();
        using var cut = new HttpClient(new Interrupting($"demo-search-ranking/{interruptedAt}", pressed)) { BaseAddress = server.Client.BaseAddress };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Show(cut).SeedAsync(pressed.Token));
        var started = await StartOfAsync(server, "demo-search-ranking");

        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.InRange(await Show(server.Client).SeedAsync(CancellationToken.None), 1, int.MaxValue);
        Assert.Equal(started, await StartOfAsync(server, "demo-search-ranking"));
        var finished = await CountsAsync(server);
        Assert.Equal(0, await Show(server.Client).SeedAsync(CancellationToken.None));
        Assert.Equal(finished, await CountsAsync(server));

        await using var undisturbed = await RunningServer.StartAsync();
        await new DemoShow(undisturbed.Client, Small, TextWriter.Null, new FakeTimeProvider(started.AddDays(21))).SeedAsync(CancellationToken.None);
        Assert.Equal((await CountsAsync(undisturbed))[1], finished[1]);
    }

    [Fact]
    public async Task An_experiment_that_somebody_ends_ends_its_own_traffic_and_not_the_server()
    {
        await using var server = await RunningServer.StartAsync();
        await using var notes = new StringWriter();
        var said = TextWriter.Synchronized(notes);
        var show = Show(server.Client, said);
        await show.SeedAsync(CancellationToken.None);
        await server.PostAsync("experiments/demo-one-page-checkout/stop", "{}");
        await server.PostAsync("experiments/demo-one-page-checkout/archive", "{}");
        var before = await CountsAsync(server);

        using var ended = new CancellationTokenSource();
        var running = show.RunAsync(ended.Token);
        await Wait.UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted || (await CountsAsync(server))[2].Exposures > before[2].Exposures + 20;
        });
        Assert.False(running.IsCompleted, running.Exception?.Message);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(before[0], (await CountsAsync(server))[0]);
        Assert.Single(notes.ToString().Split("no more traffic for 'demo-one-page-checkout'").Skip(1));
    }

    private DemoShow Show(HttpClient http, TextWriter? notes = null) => new(http, Small, notes ?? TextWriter.Null, _time);

    private static async Task<(long Exposures, long Events)[]> CountsAsync(RunningServer server)
    {
        var counts = new List<(long, long)>();
        foreach (var demo in Small)
        {
            using var design = JsonDocument.Parse(demo.Design);
            var stored = await server.GetAsync($"experiments/{design.RootElement.GetProperty("key").GetString()}/ingestion");
            counts.Add((stored.GetProperty("exposure_rows_total").GetInt64(), stored.GetProperty("event_rows_total").GetInt64()));
        }

        return [.. counts];
    }

    private static async Task<DateTimeOffset> StartOfAsync(RunningServer server, string key) =>
        (await server.GetAsync($"experiments/{key}")).GetProperty("started_at").GetDateTimeOffset();

    /// <summary>Ctrl+C just before the first request to an address.</summary>
    private sealed class Interrupting(string address, CancellationTokenSource pressed) : DelegatingHandler(new HttpClientHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith(address, StringComparison.Ordinal)) await pressed.CancelAsync();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
