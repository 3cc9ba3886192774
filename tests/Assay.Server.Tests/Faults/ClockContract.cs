using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Faults;

/// <summary>The server's clock is set back, by hours, by days and behind the start of the experiment.</summary>
public abstract class ClockContract : ServedContract
{
    private const int Units = 120;
    private static readonly double[] Hours = [-3, -48, -24 * 30, 24 * 30, -24 * 40, 24 * 10];

    private readonly WrongClock _clock = new(Samples.Arrival);
    private int _events;
    private long _seen;

    [Fact]
    public async Task Whatever_the_clock_says_batches_are_taken_once_and_what_is_served_is_what_is_stored()
    {
        await using var server = await StartAsync();
        await BeginAsync(server);
        await GoThroughAsync(server);
    }

    [Fact]
    public async Task A_server_that_starts_again_under_an_earlier_clock_goes_on_where_it_was()
    {
        await using (var first = await StartAsync())
        {
            await BeginAsync(first);
            _clock.Set(Samples.Arrival.AddDays(9)); // Days are merged that are yet to come when it starts again.
            await RecordAsync(first);
        }

        _clock.Set(Samples.Arrival.AddDays(-1));
        await using var again = await StartAsync();
        await IsWholeAsync(again);
        await GoThroughAsync(again);
    }

    [Fact]
    public async Task A_watcher_is_told_of_what_comes_after_the_clock_was_set_back()
    {
        await using var server = await StartAsync();
        await BeginAsync(server);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Wait.Long);
        using var stream = new StreamReader(await server.Client.GetStreamAsync("/api/v1/experiments/checkout/live-stats/stream", patience.Token));
        while ((await stream.ReadLineAsync(patience.Token))?.StartsWith("data:", StringComparison.Ordinal) is false)
        {
        }

        _clock.Set(Samples.Arrival.AddDays(-2));
        var watermark = await RecordAsync(server);
        while (true)
        {
            var line = await stream.ReadLineAsync(patience.Token);
            Assert.NotNull(line);
            if (line.StartsWith("data:", StringComparison.Ordinal) && JsonElement.Parse(line["data:".Length..]).GetProperty("watermark").GetInt64() >= watermark) break;
        }
    }

    [Fact]
    public async Task A_stop_under_a_clock_before_the_start_ends_no_experiment_before_it_began()
    {
        await using var server = await StartAsync();
        await BeginAsync(server);
        _clock.Set(Samples.Start.AddDays(-3));
        var (status, stopped) = await server.PostAsync("experiments/checkout/stop", "");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(stopped.GetProperty("stopped_at").GetDateTimeOffset() >= stopped.GetProperty("started_at").GetDateTimeOffset());
        await ReadAsync(server);
        Assert.True((await server.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock), Storage);

    private async Task BeginAsync(RunningServer server)
    {
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", Samples.Start);
        await History.SendAsync(server, History.Of(Units));
        _seen = (await server.GetAsync("experiments/checkout/ingestion")).GetProperty("event_rows_total").GetInt64();
    }

    private async Task GoThroughAsync(RunningServer server)
    {
        foreach (var hours in Hours)
        {
            _clock.Set(_clock.GetUtcNow().AddHours(hours));
            await RecordAsync(server);
            await ReadAsync(server);
            await IsWholeAsync(server);
        }

        foreach (var action in (string[])["pause", "resume"])
            Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"experiments/checkout/{action}", "")).Status);

        // The clock is right again, and every unit is where it was.
        _clock.Set(Samples.Arrival.AddMinutes(1));
        await IsWholeAsync(server);
        Assert.Equal(Units, (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("exposures_total").GetInt32());
    }

    /// <summary>An event with its time, one without, and an exposure without, each sent twice: taken, told apart, and numbered higher than what came before.</summary>
    /// <returns>The receipt's watermark.</returns>
    private async Task<long> RecordAsync(RunningServer server)
    {
        var before = server.Services.GetRequiredService<IEventStore>().Watermark;
        var (one, two) = (_events++, _events++);
        var said = _clock.GetUtcNow().AddHours(-1);
        _seen += (said >= Samples.Start ? 1 : 0) + (_clock.GetUtcNow() >= Samples.Start ? 1 : 0);
        var batch = $$"""{"events":[{"id":"w{{one}}","user_id":"u1","name":"refund","occurred_at":"{{said.ToString("O", CultureInfo.InvariantCulture)}}"},{"id":"w{{two}}","user_id":"u{{two}}","name":"purchase"}]}""";
        var receipt = await server.RecordAsync("events", batch);
        Assert.Equal((2, 0), (receipt.GetProperty("recorded").GetInt32(), receipt.GetProperty("rejected").GetArrayLength()));
        Assert.Equal(before + 1, receipt.GetProperty("watermark").GetInt64());
        Assert.Equal(2, (await server.RecordAsync("events", batch)).GetProperty("deduplicated").GetInt32());

        var rejected = (await server.RecordAsync("experiments/checkout/exposures", History.Exposures(0, 1, at: null))).GetProperty("rejected");
        Assert.Equal(_clock.GetUtcNow() < Samples.Start ? "before_start" : null, rejected.GetArrayLength() == 0 ? null : rejected[0].GetProperty("code").GetString());
        return receipt.GetProperty("watermark").GetInt64();
    }

    private static async Task ReadAsync(RunningServer server)
    {
        foreach (var path in (string[])["live-stats", "live-stats?pairs=all", "moments", "ingestion"]) await server.GetAsync($"experiments/checkout/{path}");
        foreach (var page in (string[])["/", "/experiments/checkout"])
        {
            using var answer = await server.Client.GetAsync(page, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private async Task IsWholeAsync(RunningServer server)
    {
        var verification = await server.VerifyAsync("checkout");
        Assert.True(verification.GetProperty("equal").GetBoolean(), verification.GetRawText());
        var readout = await server.GetAsync("experiments/checkout/live-stats");
        Assert.Equal(server.Services.GetRequiredService<IEventStore>().Watermark, readout.GetProperty("watermark").GetInt64());

        Assert.Equal(_seen, (await server.GetAsync("experiments/checkout/ingestion")).GetProperty("event_rows_total").GetInt64());
        using var answer = await server.Client.GetAsync("/readyz", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
