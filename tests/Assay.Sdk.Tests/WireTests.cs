using System.Net;
using System.Text.Json;

namespace Assay.Sdk.Tests;

/// <summary>The requests, byte for byte as the contract writes them.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(2026, 3, 1, 14, 30, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567);
    private readonly FakeServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_exposure_says_only_what_is_known_and_its_time_in_utc_microseconds()
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["Country"] = "DE" };
        await _server.Connect().SendExposuresAsync("exp-1", [new("u1", 1), new("u2", null, Time, "x", "one-page", attributes, "web")], Cancellation);
        AssertSent("/api/v1/experiments/exp-1/exposures", """
            {"exposures":[{"user_id":"u1","variation_index":1},
            {"user_id":"u2","occurred_at":"2026-03-01T12:30:00.123456Z","id":"x","variation_key":"one-page","attributes":{"Country":"DE"},"source":"web"}]}
            """);
    }

    [Fact]
    public async Task A_conversion_has_value_one_unless_told()
    {
        await _server.Connect().SendConversionsAsync(
            "exp-1", [new("u1", "purchase", IdempotencyKey: "k1"), new("u2", "purchase", 19.9, "k2", Time)], Cancellation);
        AssertSent("/api/v1/experiments/exp-1/conversions", """
            {"conversions":[{"user_id":"u1","metric":"purchase","value":1,"idempotency_key":"k1"},
            {"user_id":"u2","metric":"purchase","value":19.9,"idempotency_key":"k2","occurred_at":"2026-03-01T12:30:00.123456Z"}]}
            """);
    }

    [Fact]
    public async Task A_covariate_goes_to_the_pre_period()
    {
        await _server.Connect().SendPrePeriodAsync("exp-1", [new("u1", "revenue_before", 12.5)], Cancellation);
        AssertSent("/api/v1/experiments/exp-1/pre-period", """{"values":[{"user_id":"u1","covariate":"revenue_before","value":12.5}]}""");
    }

    [Fact]
    public async Task An_event_carries_its_properties_as_they_are()
    {
        var properties = JsonElement.Parse("""{"planName":"pro","seats":3}""");
        await _server.Connect().SendEventsAsync([new("e1", "u1", "upgrade", 2, Time, properties)], Cancellation);
        AssertSent("/api/v1/events", """
            {"events":[{"id":"e1","user_id":"u1","name":"upgrade",
            "value":2,"occurred_at":"2026-03-01T12:30:00.123456Z","properties":{"planName":"pro","seats":3}}]}
            """);
    }

    [Fact]
    public async Task What_the_server_will_refuse_is_sent_as_it_is_so_that_the_rest_of_the_batch_is_kept()
    {
        await _server.Connect().SendPrePeriodAsync("exp-1", [new("u1", "c", double.NaN), new("\ud800\"a", "c", 1), new("\ud83d\udc69", "c", 1)], Cancellation);
        AssertSent("/api/v1/experiments/exp-1/pre-period", """
            {"values":[{"user_id":"u1","covariate":"c","value":"NaN"},
            {"user_id":"\ud800\u0022\u0061","covariate":"c","value":1},{"user_id":"\uD83D\uDC69","covariate":"c","value":1}]}
            """);
    }

    [Fact]
    public async Task Experiments_are_created_started_and_read()
    {
        var server = new FakeServer(Echo, Echo, Echo, Echo, Echo);
        var client = server.Connect(new AssayClientOptions { ApiKey = "secret" }, address: "http://assay.test/base");
        Assert.Equal("POST", (await client.CreateExperimentAsync(JsonElement.Parse("""{"key":"exp-1"}"""), Cancellation)).GetProperty("method").GetString());
        await client.StartAsync("exp-1", cancellationToken: Cancellation);
        await client.StartAsync("exp-1", Time, Cancellation);
        await client.GetExperimentAsync("a/b", Cancellation);
        await client.GetLiveStatsAsync("exp-1", Cancellation);
        Assert.Equal(
            [
                (HttpMethod.Post, "/base/api/v1/experiments", """{"key":"exp-1"}""", "Bearer secret"),
                (HttpMethod.Post, "/base/api/v1/experiments/exp-1/start", "{}", "Bearer secret"),
                (HttpMethod.Post, "/base/api/v1/experiments/exp-1/start", """{"started_at":"2026-03-01T12:30:00.123456Z"}""", "Bearer secret"),
                (HttpMethod.Get, "/base/api/v1/experiments/a%2Fb", "", "Bearer secret"),
                (HttpMethod.Get, "/base/api/v1/experiments/exp-1/live-stats", "", "Bearer secret"),
            ],
            server.Requests);
    }

    private static HttpResponseMessage Echo(HttpRequestMessage request, string body) =>
        FakeServer.Answer(HttpStatusCode.OK, $$"""{"method":"{{request.Method}}"}""");

    private void AssertSent(string path, string body)
    {
        var request = Assert.Single(_server.Requests);
        Assert.Equal((path, body.ReplaceLineEndings(""), null), (request.Path, request.Body, request.Authorization));
    }
}
