using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Events;

/// <summary>The intake over HTTP, on the real store.</summary>
public sealed class IntakeTests : IAsyncLifetime
{
    private const string Exposures = "experiments/checkout/exposures";
    private const string Conversions = "experiments/checkout/conversions";

    private readonly FakeTimeProvider _time = new(Samples.Arrival);
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await RunningServer.StartWithExperimentAsync(Samples.Start, services => services.AddSingleton<TimeProvider>(_time));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_batch_is_receipted_item_by_item()
    {
        var receipt = await _server.RecordAsync(Conversions, """
            {"conversions":[{"user_id":"u","metric":"purchase"},{"user_id":"u","metric":"purchase","idempotency_key":"a","value":2},
                            {"user_id":"u","metric":"purchase","idempotency_key":"a","value":2},{"user_id":"u","metric":"purchase","idempotency_key":"a","value":3},{"user_id":"u","metric":"revenue"}]}
            """);
        Assert.Equal("5 2 1", $"{receipt.GetProperty("received")} {receipt.GetProperty("recorded")} {receipt.GetProperty("deduplicated")}");
        Assert.Equal("3 conflicting_duplicate, 4 unknown_metric", Rejections(receipt));
        Assert.Equal("""[{"code":"no_id","count":1}]""", receipt.GetProperty("warnings").GetRawText());

        var again = await _server.RecordAsync(Conversions, """{"conversions":[{"user_id":"u","metric":"purchase","idempotency_key":"a","value":2}]}""");
        Assert.Equal(1, again.GetProperty("deduplicated").GetInt32());
        Assert.True(again.GetProperty("watermark").GetInt64() >= receipt.GetProperty("watermark").GetInt64());

        var ingestion = await _server.GetAsync("experiments/checkout/ingestion");
        Assert.Equal("2 2 2", $"{ingestion.GetProperty("event_rows_total")} {ingestion.GetProperty("duplicates_total")} {ingestion.GetProperty("rejected_total")}");
        Assert.Equal("""[{"metric":"purchase","count":2,"value_sum":3},{"metric":"refund","count":0,"value_sum":0}]""", ingestion.GetProperty("conversion_counts").GetRawText());
    }

    [Fact]
    public async Task Ids_live_in_their_namespaces()
    {
        await _server.CreateAsync("other");
        await _server.BeginAsync("other", Samples.Start);
        const string conversion = """{"conversions":[{"user_id":"u","metric":"purchase","idempotency_key":"same"}]}""";
        const string written = """{"events":[{"id":"same","user_id":"u","name":"purchase"}]}""";
        Assert.Equal(1, Recorded(await _server.RecordAsync(Conversions, conversion)));
        Assert.Equal(1, Recorded(await _server.RecordAsync("experiments/other/conversions", conversion)));
        Assert.Equal(1, Recorded(await _server.RecordAsync("events", written)));
        Assert.Equal(0, Recorded(await _server.RecordAsync("experiments/other/conversions", conversion)));
        Assert.Equal(0, Recorded(await _server.RecordAsync("events", written)));
    }

    [Fact]
    public async Task Content_is_what_is_meant_and_not_how_it_is_written()
    {
        await _server.RecordAsync("events", """{"events":[{"id":"1","user_id":"u","name":"purchase","value":1.50,"occurred_at":"2026-03-05T10:00:00Z","properties":{"a":1,"b":[2]}}]}""");
        var same = """{"events":[{"properties":{"b":[2.0],"a":10e-1},"id":"1","user_id":"\u0075","name":"purchase","value":15e-1,"occurred_at":"2026-03-05T11:00:00.000+01:00"}],"sent_at":"2026-03-05T11:00:00Z"}""";
        Assert.Equal(1, (await _server.RecordAsync("events", same)).GetProperty("deduplicated").GetInt32());
        Assert.Equal("0 conflicting_duplicate", Rejections(await _server.RecordAsync("events", same.Replace("10:00:00", "10:00:01", StringComparison.Ordinal).Replace("11:00:00.000", "11:00:01.000", StringComparison.Ordinal))));
        Assert.Equal("0 conflicting_duplicate", Rejections(await _server.RecordAsync("events", same.Replace("[2.0]", "[3]", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Exposures_without_an_id_are_the_same_when_they_say_nothing_new()
    {
        const string first = """{"exposures":[{"user_id":"u","variation_index":0,"occurred_at":"2026-03-05T10:00:00Z"}]}""";
        Assert.Equal(1, Recorded(await _server.RecordAsync(Exposures, first)));
        Assert.Equal(0, Recorded(await _server.RecordAsync(Exposures, first)));
        Assert.Equal(0, Recorded(await _server.RecordAsync(Exposures, """{"exposures":[{"user_id":"u","variation_index":0,"occurred_at":"2026-03-05T11:00:00Z"}]}""")));
        Assert.Equal(1, Recorded(await _server.RecordAsync(Exposures, """{"exposures":[{"user_id":"u","variation_key":"one-page","occurred_at":"2026-03-05T11:00:00Z"}]}""")));
        var readout = await _server.GetAsync("experiments/checkout/live-stats");
        Assert.Equal("[1,0]", readout.GetProperty("population").GetProperty("crossovers").GetRawText());
    }

    [Fact]
    public async Task Names_are_warned_of_until_an_experiment_uses_them()
    {
        const string unused = """{"events":[{"id":"1","user_id":"u","name":"nothing"},{"id":"2","user_id":"u","name":"refund"}]}""";
        Assert.Equal("""[{"code":"unused_name","count":1}]""", (await _server.RecordAsync("events", unused)).GetProperty("warnings").GetRawText());
    }

    [Fact]
    public async Task New_line_delimited_items_are_taken_one_by_one()
    {
        var lines = "{\"user_id\":\"a\",\"variation_index\":0}\nnot json\n{\"user_id\":\"b\",\"variation_index\":1}\n";
        var (status, receipt) = await _server.PostAsync(Exposures, lines, "application/x-ndjson");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, "1 invalid_value"), (Recorded(receipt), Rejections(receipt)));
    }

    [Fact]
    public async Task An_empty_batch_is_a_batch()
    {
        var receipt = await _server.RecordAsync(Exposures, """{"exposures":[]}""");
        Assert.Equal(0, receipt.GetProperty("received").GetInt32());
        Assert.True(receipt.GetProperty("watermark").GetInt64() >= 0);
    }

    [Theory]
    [InlineData("{\"exposures\":", "application/json", 400, "invalid_json")]
    [InlineData("{\"exposures\":[],\"more\":1}", "application/json", 400, "invalid_body")]
    [InlineData("{\"exposures\":[]}", "text/plain", 415, "unsupported_media_type")]
    [InlineData("{\"exposures\":[]}", "application/json; charset=utf-16", 415, "unsupported_media_type")]
    [InlineData("{\"exposures\":[]}", null, 415, "unsupported_media_type")]
    public async Task A_body_that_is_no_batch_is_a_problem(string body, string? type, int status, string code)
    {
        var (answered, problem) = await _server.PostAsync(Exposures, Encoding.UTF8.GetBytes(body), type);
        Assert.Equal((status, code), ((int)answered, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Too_much_at_once_is_refused_and_stores_nothing()
    {
        var items = string.Join(',', Enumerable.Range(0, 10_001).Select(i => $$"""{"user_id":"u{{i}}","variation_index":0}"""));
        var (status, problem) = await _server.PostAsync(Exposures, $$"""{"exposures":[{{items}}]}""");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too_many_items"), (status, problem.GetProperty("code").GetString()));

        var padded = """{"exposures":[{"user_id":"u","variation_index":0}]""" + new string(' ', 8 * 1024 * 1024) + "}";
        (status, problem) = await _server.PostAsync(Exposures, padded);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(0, (await _server.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64());
    }

    [Fact]
    public async Task Routes_open_and_close_with_the_experiment()
    {
        const string batch = """{"exposures":[{"user_id":"u","variation_index":0}]}""";
        await _server.CreateAsync("life");
        Assert.Equal("404 unknown_experiment", await TryAsync("nowhere", batch));
        Assert.Equal("409 not_running", await TryAsync("life", batch));
        await _server.BeginAsync("life", Samples.Start);
        Assert.Equal("200", await TryAsync("life", batch));
        await _server.PostAsync("experiments/life/pause", "");
        Assert.Equal("200", await TryAsync("life", batch));
        await _server.PostAsync("experiments/life/stop", "");
        _time.Advance(TimeSpan.FromMinutes(1));
        var (_, receipt) = await _server.PostAsync("experiments/life/exposures", batch);
        Assert.Equal("0 after_stop", Rejections(receipt));
        Assert.Equal(1, Recorded(await _server.RecordAsync("experiments/life/conversions", """{"conversions":[{"user_id":"u","metric":"purchase"}]}""")));

        var closesAt = (await _server.GetAsync("experiments/life")).GetProperty("closes_at").GetDateTimeOffset();
        _time.SetUtcNow(closesAt);
        Assert.Equal("409 closed", await TryAsync("life", batch));
        Assert.Equal(1, Recorded(await _server.RecordAsync("events", """{"events":[{"id":"late","user_id":"u","name":"purchase"}]}""")));
        await _server.PostAsync("experiments/life/archive", "");
        Assert.Equal("409 not_running", await TryAsync("life", batch));
    }

    [Fact]
    public async Task However_many_send_the_same_it_is_stored_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var batch = 0; batch < 10; batch++)
            {
                var items = string.Join(',', Enumerable.Range(0, 50).Select(i => (((client * 7) + i) % 50) + (50 * batch)).Select(i => $$"""{"id":"e{{i}}","user_id":"u{{i % 90}}","name":"purchase","value":{{i}}}"""));
                await _server.RecordAsync("events", $$"""{"events":[{{items}}]}""");
            }
        })));
        var ingestion = await _server.GetAsync("experiments/checkout/ingestion");
        Assert.Equal("500 3500 0", $"{ingestion.GetProperty("event_rows_total")} {ingestion.GetProperty("duplicates_total")} {ingestion.GetProperty("rejected_total")}");
        Assert.Equal(500 * 499 / 2, ingestion.GetProperty("conversion_counts")[0].GetProperty("value_sum").GetDouble());
    }

    private async Task<string> TryAsync(string key, string batch)
    {
        var (status, body) = await _server.PostAsync($"experiments/{key}/exposures", batch);
        return status == HttpStatusCode.OK ? "200" : $"{(int)status} {body.GetProperty("code").GetString()}";
    }

    private static int Recorded(JsonElement receipt) => receipt.GetProperty("recorded").GetInt32();

    private static string Rejections(JsonElement receipt) =>
        string.Join(", ", receipt.GetProperty("rejected").EnumerateArray().Select(rejection => $"{rejection.GetProperty("index")} {rejection.GetProperty("code").GetString()}"));
}
