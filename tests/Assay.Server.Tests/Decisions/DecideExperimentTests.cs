using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Tests.Hosting;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Decisions;

public sealed class DecideExperimentTests : IAsyncLifetime
{
    private const string Experiments = "/api/v1/experiments";
    private readonly HostServer _server = new();
    private DateTimeOffset _exposedAt;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_treatment_that_the_verdict_recommends_is_shipped_with_a_word()
    {
        await RunAsync("won", control: 120, treatment: 320);
        var verdict = (await _server.GetAsync($"{Experiments}/won/live-stats")).Body.GetProperty("verdict");
        Assert.Equal("ship", verdict.GetProperty("status").GetString());

        var decided = await DecideAsync("won", """{"decision":"ship","verdict":"ship"}""");
        Assert.Equal(200, decided.Status);
        Assert.Equal((1, 1, true, JsonValueKind.Null), (Int(decided.Body, "number"), Int(decided.Body, "variation_index"), decided.Body.GetProperty("follows_verdict").GetBoolean(), decided.Body.GetProperty("reason").ValueKind));
        Assert.True(JsonElement.DeepEquals(verdict, decided.Body.GetProperty("verdict")));
        Assert.Equal("running", (await _server.GetAsync($"{Experiments}/won")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_was_decided_stays_as_it_was_whatever_comes_after()
    {
        await RunAsync("kept", control: 120, treatment: 320);
        var moments = (await _server.GetAsync($"{Experiments}/kept/moments")).Body.GetProperty("moments").GetRawText();
        var first = (await DecideAsync("kept", """{"decision":"ship"}""")).Body;
        Assert.Equal(moments, first.GetProperty("moments").GetRawText());

        await ConvertAsync("kept", from: 120, count: 500, variation: 0);
        Assert.NotEqual(moments, (await _server.GetAsync($"{Experiments}/kept/moments")).Body.GetProperty("moments").GetRawText());
        var second = await DecideAsync("kept", """{"decision":"keep_control","reason":"  the control caught up  "}""");
        Assert.Equal((2, "the control caught up"), (Int(second.Body, "number"), second.Body.GetProperty("reason").GetString()));

        Assert.Equal(first.GetRawText(), (await _server.GetAsync($"{Experiments}/kept/decisions/1")).Body.GetRawText());
        var list = (await _server.GetAsync($"{Experiments}/kept/decisions")).Body.GetProperty("items");
        Assert.Equal([2, 1], list.EnumerateArray().Select(item => Int(item, "number")));
        Assert.All(list.EnumerateArray(), item => Assert.Equal(JsonValueKind.Null, item.GetProperty("moments").ValueKind));
        (await _server.GetAsync($"{Experiments}/kept/decisions/3")).IsProblem(404, "unknown_decision");
    }

    [Fact]
    public async Task A_decision_that_differs_says_why()
    {
        await _server.StartExperimentAsync("differs");
        var refused = (await DecideAsync("differs", """{"decision":"ship","variation_index":1}""")).IsProblem(422, "invalid_body");
        Assert.Equal(("/reason", "reason_needed"), Error(refused));
        Assert.Equal(("/reason", "reason_needed"), Error((await DecideAsync("differs", """{"decision":"keep_control","reason":" "}""")).IsProblem(422, "invalid_body")));
        var decided = (await DecideAsync("differs", """{"decision":"ship","variation_index":1,"reason":"The law asks for it."}""")).Body;
        Assert.False(decided.GetProperty("follows_verdict").GetBoolean());
        Assert.True((await DecideAsync("differs", """{"decision":"keep_running"}""")).Body.GetProperty("follows_verdict").GetBoolean());
    }

    [Fact]
    public async Task A_decision_made_of_another_verdict_is_not_stored()
    {
        await _server.StartExperimentAsync("moved");
        (await DecideAsync("moved", """{"decision":"ship","variation_index":1,"verdict":"ship"}""")).IsProblem(409, "verdict_changed");
        Assert.Equal(0, (await _server.GetAsync($"{Experiments}/moved/decisions")).Body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("""{}""", "/decision", "missing_field")]
    [InlineData("""{"decision":"maybe"}""", "/decision", "invalid_value")]
    [InlineData("""{"decision":"ship"}""", "/variation_index", "missing_field")]
    [InlineData("""{"decision":"ship","variation_index":0,"reason":"x"}""", "/variation_index", "out_of_range")]
    [InlineData("""{"decision":"ship","variation_index":2,"reason":"x"}""", "/variation_index", "out_of_range")]
    [InlineData("""{"decision":"ship","variation_index":"1"}""", "/variation_index", "invalid_value")]
    [InlineData("""{"decision":"keep_running","variation_index":1}""", "/variation_index", "not_applicable")]
    [InlineData("""{"decision":"keep_running","reason":7}""", "/reason", "invalid_value")]
    [InlineData("""{"decision":"keep_running","verdict":"yes"}""", "/verdict", "invalid_value")]
    [InlineData("""{"decision":"keep_running","by":"me"}""", "/by", "unknown_field")]
    public async Task What_is_not_understood_is_refused_by_its_field(string body, string pointer, string code)
    {
        await _server.StartExperimentAsync("asked");
        Assert.Equal((pointer, code), Error((await DecideAsync("asked", body)).IsProblem(422, "invalid_body")));
    }

    [Theory]
    [InlineData("not json", "application/json", 400, "invalid_json")]
    [InlineData("{}", "text/plain", 415, "unsupported_media_type")]
    public async Task A_body_that_is_no_json_is_not_read(string body, string type, int status, string code)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var answer = await _server.Http.PostAsync($"{Experiments}/any/decide", content, TestContext.Current.CancellationToken);
        (await Answer.OfAsync(answer)).IsProblem(status, code);
        var large = $$"""{"reason":"{{new string('x', 1024 * 1024)}}"}""";
        (await DecideAsync("any", large)).IsProblem(413, "body_too_large");
    }

    [Fact]
    public async Task What_storage_does_not_take_was_not_decided()
    {
        await _server.StartExperimentAsync("full");
        await using var connection = await _server.Services.GetRequiredService<DbDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("create trigger full before insert on decisions begin select raise(abort, 'disk full'); end");
        var refused = (await DecideAsync("full", """{"decision":"keep_running"}""")).IsProblem(503, "storage_not_writable");
        Assert.Equal("1", refused.Headers["Retry-After"]);
        await connection.ExecuteAsync("drop trigger full");
        Assert.Equal(0, (await _server.GetAsync($"{Experiments}/full/decisions")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(1, Int((await DecideAsync("full", """{"decision":"keep_running"}""")).Body, "number"));
    }

    [Fact]
    public async Task Only_what_runs_or_ran_is_decided_on()
    {
        (await DecideAsync("nobody", """{"decision":"keep_running"}""")).IsProblem(404, "unknown_experiment");
        (await _server.GetAsync($"{Experiments}/nobody/decisions")).IsProblem(404, "unknown_experiment");
        (await _server.GetAsync($"{Experiments}/nobody/decisions/1")).IsProblem(404, "unknown_experiment");
        await _server.PostAsync(Experiments, DesignText.Minimal("draft"));
        (await DecideAsync("draft", """{"decision":"keep_running"}""")).IsProblem(409, "illegal_transition");
        await _server.StartExperimentAsync("ended");
        (await _server.SendAsync(HttpMethod.Post, $"{Experiments}/ended/decide", """{"decision":"keep_running"}""", ("If-Match", "\"v9\""))).IsProblem(412, "version_mismatch");
        await _server.PostAsync($"{Experiments}/ended/stop");
        Assert.Equal(200, (await DecideAsync("ended", """{"decision":"keep_control","reason":"Nobody came."}""")).Status);
        await _server.PostAsync($"{Experiments}/ended/archive");
        (await DecideAsync("ended", """{"decision":"keep_control","reason":"Nobody came."}""")).IsProblem(409, "illegal_transition");
    }

    [Fact]
    public async Task The_page_tells_what_was_decided_and_how_it_stands_to_the_verdict()
    {
        await _server.StartExperimentAsync("shown");
        Assert.DoesNotContain("id=\"decided\"", (await _server.GetAsync("/experiments/shown")).Text, StringComparison.Ordinal);
        await DecideAsync("shown", """{"decision":"keep_running"}""");
        await DecideAsync("shown", """{"decision":"ship","variation_index":1,"reason":"<b>The law</b> asks for it."}""");
        var page = (await _server.GetAsync("/experiments/shown")).Text;
        Assert.Contains("Decided: ship one-page.", page, StringComparison.Ordinal);
        Assert.Contains("the verdict said: keep running", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;The law&lt;/b&gt; asks for it.", page, StringComparison.Ordinal);
        Assert.Contains("1 earlier decision", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_what_was_decided_last_in_the_iteration_that_runs()
    {
        await _server.StartExperimentAsync("listed");
        await DecideAsync("listed", """{"decision":"keep_control","reason":"Nobody came."}""");
        await DecideAsync("listed", """{"decision":"ship","variation_index":1,"reason":"The law asks for it."}""");
        Assert.Equal(["Decided: ship one-page."], await ListedAsync());
        var design = System.Text.Json.Nodes.JsonNode.Parse((await _server.GetAsync($"{Experiments}/listed")).Body.GetProperty("design").GetRawText())!;
        design["metrics"]!["mde_pct"] = 40;
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/listed/amend", new System.Text.Json.Nodes.JsonObject { ["reason"] = "Too small.", ["design"] = design }.ToJsonString())).Status);
        Assert.Empty(await ListedAsync());
        await DecideAsync("listed", """{"decision":"keep_running"}""");
        Assert.Equal(["Decided: keep running."], await ListedAsync());

        async Task<IEnumerable<string>> ListedAsync() => Dashboard.Rendered.Parse((await _server.GetAsync("/")).Text).QuerySelectorAll("#item-listed .decided-last").Select(told => told.TextContent);
    }

    [Fact]
    public async Task A_report_of_many_decisions_has_nothing_folded_away()
    {
        await _server.StartExperimentAsync("often");
        for (var i = 0; i < 13; i++) await DecideAsync("often", """{"decision":"keep_running"}""");
        var report = (await _server.GetAsync($"{Experiments}/often/report")).Text;
        Assert.DoesNotContain("<details", report, StringComparison.Ordinal);
        Assert.Equal(11, report.Split("Decided: keep running.").Length - 1);
        Assert.Contains("12 earlier decisions", report, StringComparison.Ordinal);
        Assert.Contains("2 more in the list of decisions", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "Decided: ship one-page.", "asks for it")]
    [InlineData("markdown", "Decided: ship one-page.", "asks for it")]
    [InlineData("json", "\"decision\":\"ship\"", "asks for it")]
    public async Task A_report_tells_what_was_decided(string format, string decision, string reason)
    {
        await _server.StartExperimentAsync("reported");
        var before = await _server.GetAsync($"{Experiments}/reported/report?format={format}");
        await DecideAsync("reported", """{"decision":"ship","variation_index":1,"reason":"The law asks for it."}""");
        var report = await _server.GetAsync($"{Experiments}/reported/report?format={format}", ("If-None-Match", before.ETag));
        Assert.Equal(200, report.Status);
        Assert.Contains(decision, report.Text, StringComparison.Ordinal);
        Assert.Contains(reason, report.Text, StringComparison.Ordinal);
    }

    private Task<Answer> DecideAsync(string key, string body) => _server.PostAsync($"{Experiments}/{key}/decide", body);

    /// <summary>Two arms of 2,000 units whose windows have closed, of whom so many converted.</summary>
    private async Task RunAsync(string key, int control, int treatment)
    {
        Assert.Equal(201, (await _server.PostAsync(Experiments, DesignText.Minimal(key, mdePct: 50).Replace("\"mde_pct\"", "\"attribution_window_hours\": 1, \"mde_pct\"", StringComparison.Ordinal))).Status);
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/start")).Status);
        _exposedAt = _server.Clock.GetUtcNow();
        foreach (var variation in (int[])[0, 1])
        {
            var exposures = string.Join(",", Enumerable.Range(0, 2_000).Select(i => $$"""{"user_id":"{{User(key, variation, i)}}","variation_index":{{variation}}}"""));
            Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""")).Status);
        }

        await ConvertAsync(key, 0, control, 0);
        await ConvertAsync(key, 0, treatment, 1);
        _server.Clock.Advance(TimeSpan.FromHours(3));
    }

    private async Task ConvertAsync(string key, int from, int count, int variation)
    {
        var events = string.Join(",", Enumerable.Range(from, count).Select(i =>
            $$"""{"user_id":"{{User(key, variation, i)}}","metric":"purchase","idempotency_key":"{{User(key, variation, i)}}","occurred_at":"{{_exposedAt.ToString("O", CultureInfo.InvariantCulture)}}"}"""));
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/conversions", $$"""{"conversions":[{{events}}]}""")).Status);
    }

    private static string User(string key, int variation, int i) => $"{key}-{variation}-{i}";

    private static int Int(JsonElement body, string field) => body.GetProperty(field).GetInt32();

    private static (string? Pointer, string? Code) Error(Answer answer)
    {
        var error = Assert.Single(answer.Body.GetProperty("errors").EnumerateArray());
        return (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString());
    }
}
