using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Assay.Server.Tests.Results;

/// <summary>The stream over a real connection.</summary>
public sealed class StreamLiveStatsTests
{
    private const string Path = "/api/v1/experiments/checkout/live-stats/stream";

    [Fact]
    public async Task The_first_event_comes_at_once_and_a_commit_within_the_second()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        await using var events = await WatchAsync(server);
        Assert.Equal(0, (await NextAsync(events)).GetProperty("exposures_total").GetInt64());
        for (var batch = 0; batch < 3; batch++)
        {
            var receipt = await server.RecordAsync("experiments/checkout/exposures", History.Exposures(batch * 10, 10, at: null));
            var watch = Stopwatch.StartNew();
            var readout = await NextAsync(events);
            Assert.Equal((batch + 1) * 10, readout.GetProperty("exposures_total").GetInt64());
            Assert.True(readout.GetProperty("watermark").GetInt64() >= receipt.GetProperty("watermark").GetInt64());

            // The bound is one second; the rest is what a busy machine may take to run a test.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"The event took {watch.Elapsed}.");
        }
    }

    [Fact]
    public async Task The_id_of_an_event_is_the_etag_of_the_readout()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        await using var events = await WatchAsync(server);
        Assert.True(await events.MoveNextAsync());
        using var response = await server.Client.GetAsync("/api/v1/experiments/checkout/live-stats");
        Assert.Equal(response.Headers.ETag!.ToString(), events.Current.EventId);
        Assert.Equal("live-stats", events.Current.EventType);
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_is_told_only_what_is_new()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        using var response = await server.Client.GetAsync("/api/v1/experiments/checkout/live-stats");
        await using var events = await WatchAsync(server, response.Headers.ETag!.ToString());
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(0, 4, at: null));
        Assert.Equal(4, (await NextAsync(events)).GetProperty("exposures_total").GetInt64());
    }

    [Fact]
    public async Task A_server_that_stops_lets_its_watchers_go()
    {
        var server = await RunningServer.StartWithExperimentAsync();
        using var client = new HttpClient { BaseAddress = server.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync();
        var reading = new StreamReader(body).ReadToEndAsync();
        await server.DisposeAsync();
        Assert.Contains("event: live-stats", await reading.WaitAsync(Wait.Long));
    }

    [Fact]
    public async Task Two_hundred_watchers_are_all_told()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        var watchers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => WatchAsync(server)));
        await Task.WhenAll(watchers.Select(NextAsync));
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(0, 4, at: null));
        var told = await Task.WhenAll(watchers.Select(NextAsync));
        Assert.All(told, readout => Assert.Equal(4, readout.GetProperty("exposures_total").GetInt64()));
        foreach (var watcher in watchers) await watcher.DisposeAsync();
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(RunningServer server, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (lastEventId is not null) Assert.True(request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId));
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
    }

    private static async Task<JsonElement> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Wait.Long));
        return JsonElement.Parse(events.Current.Data);
    }
}
