using System.Globalization;
using System.Text.Json;
using Assay.Server.Cli;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Retention;

/// <summary>Each test has a server of its own: a horizon is of the whole installation.</summary>
public sealed class RetainRowsTests : IAsyncLifetime
{
    private readonly HostServer _server = new();
    private DateTimeOffset _began;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _began = _server.Clock.GetUtcNow();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_closed_experiment_is_sealed_its_results_stay_and_what_comes_late_is_refused()
    {
        await RunAndStopAsync("over");
        await _server.StartExperimentAsync("goes-on");
        await _server.PostAsync("/api/v1/events", """{"events":[{"id":"now","user_id":"c","name":"purchase"}]}""");
        var (stats, moments, ingestion) = (await GetAsync("over/live-stats"), await GetAsync("over/moments"), await GetAsync("over/ingestion"));

        var asked = await RetainAsync(_server.Clock.GetUtcNow(), dryRun: true);
        Assert.Equal((200, true, JsonValueKind.Null), (asked.Status, asked.Body.GetProperty("dry_run").GetBoolean(), asked.Body.GetProperty("units").ValueKind));
        Assert.Equal("""{"exposures":2,"events":3,"covariates":0}""", asked.Body.GetProperty("rows").GetRawText());
        Assert.True((await _server.PostAsync("/api/v1/experiments/over/verify")).Body.GetProperty("equal").GetBoolean());

        var done = (await RetainAsync(_server.Clock.GetUtcNow())).Body;
        Assert.Equal("""{"exposures":2,"events":3,"covariates":0}""", done.GetProperty("rows").GetRawText());
        Assert.Equal(("[\"over\"]", 3, JsonValueKind.Null), (done.GetProperty("sealed").GetRawText(), done.GetProperty("units").GetInt32(), done.GetProperty("held_by").ValueKind));
        Assert.Equal(asked.Body.GetProperty("horizon").GetRawText(), done.GetProperty("horizon").GetRawText());

        Assert.Equal(stats.ETag, (await GetAsync("over/live-stats")).ETag);
        Assert.Equal(moments.Body.GetProperty("moments").GetRawText(), (await GetAsync("over/moments")).Body.GetProperty("moments").GetRawText());
        Assert.Equal(ingestion.Body.GetProperty("event_rows_total").GetInt32(), (await GetAsync("over/ingestion")).Body.GetProperty("event_rows_total").GetInt32());
        Assert.Equal(stats.Body.GetProperty("comparisons").GetRawText(), (await GetAsync("over/live-stats")).Body.GetProperty("comparisons").GetRawText());
        (await _server.PostAsync("/api/v1/experiments/over/verify")).IsProblem(409, "sealed");
        Assert.True((await _server.PostAsync("/api/v1/experiments/goes-on/verify")).Body.GetProperty("equal").GetBoolean());

        // Its own id or another: whether it had come before cannot be told.
        foreach (var id in (string[])["1", "never seen"])
        {
            var late = (await _server.PostAsync("/api/v1/events", $$"""{"events":[{"id":"{{id}}","user_id":"a","name":"purchase","occurred_at":"{{Text(_began.AddHours(1))}}"}]}""")).Body;
            Assert.Equal((1, 0, "before_retention"), (late.GetProperty("received").GetInt32(), late.GetProperty("recorded").GetInt32(), late.GetProperty("rejected")[0].GetProperty("code").GetString()));
        }

        // Excluding and erasing touch nothing that is sealed.
        await _server.PostAsync("/api/v1/exclusions", """{"exclusions":[{"user_id":"a"},{"user_id":"a","experiment":"over"}]}""");
        Assert.Equal(1, (await _server.SendAsync(HttpMethod.Delete, "/api/v1/units/a")).Body.GetProperty("sealed_experiments").GetInt32());
        Assert.Equal(stats.ETag, (await GetAsync("over/live-stats")).ETag);

        var audit = await _server.Services.GetRequiredService<ICatalog>().AuditAsync("over", TestContext.Current.CancellationToken);
        Assert.Equal("open", Assert.Single(audit, entry => entry.Action == "sealed").Actor);
        var (exit, output, errors) = await Cli.Terminal.RunAsync(ExportCommand.Create(), "over", "--storage", _server.Storage);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("removed on 2026-04-", errors, StringComparison.Ordinal);

        // All of it holds after a restart.
        await _server.RestartAsync();
        Assert.Equal(stats.ETag, (await GetAsync("over/live-stats")).ETag);
        (await _server.PostAsync("/api/v1/experiments/over/verify")).IsProblem(409, "sealed");
        var again = (await RetainAsync(_began)).Body;
        Assert.Equal((done.GetProperty("horizon").GetRawText(), 0), (again.GetProperty("horizon").GetRawText(), again.GetProperty("rows").GetProperty("events").GetInt32()));
    }

    [Fact]
    public async Task Pages_and_reports_of_a_sealed_experiment_say_so_and_keep_their_numbers()
    {
        await RunAndStopAsync("over");
        var effects = await EffectsAsync();
        Assert.DoesNotContain("Sealed", await TextAsync("/experiments/over"), StringComparison.Ordinal);
        Assert.Contains("POST /api/v1/experiments/over/verify", await TextAsync("/experiments/over/numbers"), StringComparison.Ordinal);
        await RetainAsync(_server.Clock.GetUtcNow());

        foreach (var place in (string[])["/experiments/over", "/experiments/over/numbers", "/api/v1/experiments/over/report", "/api/v1/experiments/over/report?format=markdown"])
            Assert.Contains("Its rows went by the rule of retention.", await TextAsync(place), StringComparison.Ordinal);
        Assert.DoesNotContain("POST /api/v1/experiments/over/verify", await TextAsync("/experiments/over/numbers"), StringComparison.Ordinal);
        Assert.Equal(effects, await EffectsAsync());
        foreach (var place in (string[])["/course", "/exposures", "/posterior", "/audit"]) await TextAsync($"/experiments/over{place}");

        async Task<string> EffectsAsync() => (await TextAsync("/experiments/over")).Split("<table class=forest")[1].Split("</table>")[0];
    }

    [Fact]
    public async Task The_horizon_stops_at_an_experiment_that_is_open_or_closed_a_moment_ago()
    {
        await _server.StartExperimentAsync("long");
        _server.Clock.Advance(TimeSpan.FromDays(10));
        var held = (await RetainAsync(_server.Clock.GetUtcNow())).Body;
        Assert.Equal(("long", Text(_began)), (held.GetProperty("held_by").GetString(), Horizon(held)));
        await _server.PostAsync("/api/v1/experiments/long/stop");
        var closes = (await _server.GetAsync("/api/v1/experiments/long")).Body.GetProperty("closes_at").GetDateTimeOffset();
        _server.Clock.SetUtcNow(closes.AddDays(7).AddSeconds(-1));
        Assert.Equal("long", (await RetainAsync(_server.Clock.GetUtcNow())).Body.GetProperty("held_by").GetString());
        _server.Clock.SetUtcNow(closes.AddDays(7));
        Assert.Equal("[\"long\"]", (await RetainAsync(closes)).Body.GetProperty("sealed").GetRawText());
    }

    [Fact]
    public async Task An_experiment_cannot_start_before_the_horizon_and_stays_a_draft()
    {
        _server.Clock.Advance(TimeSpan.FromDays(10));
        await RetainAsync(_began);
        Assert.Equal(201, (await _server.PostAsync("/api/v1/experiments", DesignText.Minimal("early"))).Status);
        (await _server.PostAsync("/api/v1/experiments/early/start", $$"""{"started_at":"{{Text(_began.AddSeconds(-1))}}"}""")).IsProblem(409, "before_retention");
        Assert.Equal("draft", (await _server.GetAsync("/api/v1/experiments/early")).Body.GetProperty("status").GetString());
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/early/start", $$"""{"started_at":"{{Text(_began)}}"}""")).Status);
    }

    [Theory]
    [InlineData("""{}""", "missing_field")]
    [InlineData("""{"before":"yesterday"}""", "invalid_value")]
    [InlineData("""{"before":"2027-01-01T00:00:00Z"}""", "in_the_future")]
    [InlineData("""{"before":"2026-01-01T00:00:00Z","dry_run":"no"}""", "invalid_value")]
    [InlineData("""{"before":"2026-01-01T00:00:00Z","days":3}""", "unknown_field")]
    public async Task What_is_not_understood_is_refused(string body, string code)
    {
        var answer = await _server.PostAsync("/api/v1/retention", body);
        answer.IsProblem(422, "invalid_body");
        Assert.Equal(code, answer.Body.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private async Task<string> TextAsync(string path)
    {
        var answer = await _server.GetAsync(path);
        Assert.Equal(200, answer.Status);
        return answer.Text;
    }

    /// <summary>Two exposures and three events of three units, and a clock that is past all of it.</summary>
    private async Task RunAndStopAsync(string key)
    {
        await _server.StartExperimentAsync(key);
        await _server.PostAsync($"/api/v1/experiments/{key}/exposures", """{"exposures":[{"user_id":"a","variation_index":0},{"user_id":"b","variation_index":1}]}""");
        await _server.PostAsync("/api/v1/events", """{"events":[{"id":"1","user_id":"a","name":"purchase"},{"id":"2","user_id":"b","name":"purchase"},{"id":"3","user_id":"nobody","name":"other"}]}""");
        _server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, (await _server.PostAsync($"/api/v1/experiments/{key}/stop")).Status);
        _server.Clock.Advance(TimeSpan.FromDays(30));
    }

    private Task<Answer> GetAsync(string path) => _server.GetAsync($"/api/v1/experiments/{path}");

    private Task<Answer> RetainAsync(DateTimeOffset before, bool dryRun = false) =>
        _server.PostAsync("/api/v1/retention", JsonSerializer.Serialize(new { before = Text(before), dry_run = dryRun }));

    private static string Horizon(JsonElement answer) => Text(answer.GetProperty("horizon").GetDateTimeOffset());

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
