using System.Net;
using System.Net.ServerSentEvents;
using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Tests.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Dashboard;

/// <summary>A page that many watch is put together once a turn of the stream.</summary>
public sealed class SharedPageTests
{
    private const int Watchers = 200;
    private readonly FakeEventStore _store = new();

    [Fact]
    public async Task Two_hundred_who_watch_a_page_cost_one_a_turn()
    {
        await using var server = await StartAsync();
        await using var events = await WatchAsync(server);
        var before = Assert.Single((await RefreshAsync(server, Watchers)).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, _store.Counted);
        for (var turn = 1; turn <= 3; turn++)
        {
            _store.Touch(Pictures.Of(10 + turn, Pictures.FirstBucket));
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Wait.Long));
            var page = Assert.Single((await RefreshAsync(server, Watchers)).Distinct(StringComparer.Ordinal));
            Assert.Equal(1 + turn, _store.Counted);
            Assert.NotEqual(before, page);
            before = page;
        }
    }

    [Fact]
    public async Task Who_opens_it_gets_it_as_it_is_and_so_does_everybody_when_nobody_watches()
    {
        await using var server = await StartAsync();
        await RefreshAsync(server, 3);
        Assert.Equal(3, _store.Counted);
        await using var events = await WatchAsync(server);
        await RefreshAsync(server, 3);
        Assert.Equal(4, _store.Counted);
        foreach (var address in (string[])["/experiments/checkout", "/experiments/checkout?done=start"]) await PageAsync(server, address, refreshes: address.Contains('?', StringComparison.Ordinal));
        Assert.Equal(6, _store.Counted);
    }

    [Fact]
    public async Task A_decision_brings_no_turn_and_is_on_the_page_all_the_same()
    {
        await using var server = await StartAsync();
        await using var events = await WatchAsync(server);
        Assert.DoesNotContain("Because of winter.", Assert.Single(await RefreshAsync(server, 1)), StringComparison.Ordinal);
        var (status, body) = await server.PostAsync("experiments/checkout/decide", """{"decision":"keep_control","reason":"Because of winter."}""");
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.Contains("Because of winter.", Assert.Single(await RefreshAsync(server, 1)), StringComparison.Ordinal);
    }

    private async Task<RunningServer> StartAsync()
    {
        // Without who records: a first verdict brings a turn of its own, whenever the machine comes to it.
        var server = await RunningServer.StartWithExperimentAsync(adjust: services => services.AddSingleton<IEventStore>(_store).Remove(services.Single(service => service.ImplementationType == typeof(ReadoutRecorder))));
        _store.Touch(Pictures.Of(10, Pictures.FirstBucket));
        return server;
    }

    private static Task<string[]> RefreshAsync(RunningServer server, int times) => Task.WhenAll(Enumerable.Range(0, times).Select(_ => PageAsync(server, "/experiments/checkout", refreshes: true)));

    private static async Task<string> PageAsync(RunningServer server, string address, bool refreshes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html");
        if (refreshes) request.Headers.Add("Assay-Refresh", "1");
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Somebody who watches and has got the first readout.</summary>
    private static async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(RunningServer server)
    {
        var response = await server.Client.GetAsync("/api/v1/experiments/checkout/live-stats/stream", HttpCompletionOption.ResponseHeadersRead);
        var events = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Wait.Long));
        return events;
    }
}
