using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Experiments;

public sealed class AmendExperimentTests : IAsyncLifetime
{
    private const string Experiments = "/api/v1/experiments";
    private readonly HostServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_iteration_counts_only_units_that_nobody_had_exposed_and_keeps_the_old_readout()
    {
        await _server.StartExperimentAsync("amended");
        await ExposeAsync("amended", "early-0", 0, "early-1", 1, "early-2", 1);
        await _server.PostAsync($"{Experiments}/amended/conversions", """{"conversions":[{"user_id":"early-1","metric":"purchase"}]}""");
        var before = (await _server.GetAsync($"{Experiments}/amended/live-stats")).Body;
        Assert.Equal(3, before.GetProperty("exposures_total").GetInt32());
        _server.Clock.Advance(TimeSpan.FromMinutes(10));

        var amended = await AmendAsync("amended", "The baseline was guessed.", design => design["metrics"]!["baseline_value"] = 0.2);
        Assert.Equal((200, 2), (amended.Status, amended.Body.GetProperty("iteration").GetInt32()));
        Assert.Equal(_server.Clock.GetUtcNow(), amended.Body.GetProperty("iteration_started_at").GetDateTimeOffset());
        Assert.Equal(0.2, amended.Body.GetProperty("design").GetProperty("metrics").GetProperty("baseline_value").GetDouble());
        Assert.NotEqual(before.GetProperty("sequential").GetProperty("planned_sample_sizes").GetRawText(), amended.Body.GetProperty("plan").GetProperty("planned_sample_sizes").GetRawText());

        _server.Clock.Advance(TimeSpan.FromMinutes(10));
        await ExposeAsync("amended", "early-1", 1, "late-0", 0, "late-1", 1);
        var after = (await _server.GetAsync($"{Experiments}/amended/live-stats")).Body;
        Assert.Equal((2, 2), (after.GetProperty("iteration").GetInt32(), after.GetProperty("exposures_total").GetInt32()));
        Assert.True((await _server.PostAsync($"{Experiments}/amended/verify")).Body.GetProperty("equal").GetBoolean());

        var list = (await _server.GetAsync($"{Experiments}/amended/iterations")).Body.GetProperty("items");
        Assert.Equal(1, list.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, list[0].GetProperty("readout").ValueKind);
        var kept = (await _server.GetAsync($"{Experiments}/amended/iterations/1")).Body;
        Assert.Equal(("The baseline was guessed.", "open"), (kept.GetProperty("reason").GetString(), kept.GetProperty("amended_by").GetString()));
        Assert.Equal(0.042, kept.GetProperty("design").GetProperty("metrics").GetProperty("baseline_value").GetDouble());
        Assert.True(JsonElement.DeepEquals(before.GetProperty("comparisons"), kept.GetProperty("readout").GetProperty("comparisons")));
        Assert.True(kept.GetProperty("moments").GetArrayLength() > 0);
        (await _server.GetAsync($"{Experiments}/amended/iterations/2")).IsProblem(404, "unknown_iteration");
    }

    [Fact]
    public async Task An_exposure_that_comes_late_from_before_the_amendment_takes_its_unit_out()
    {
        await _server.StartExperimentAsync("late");
        var before = _server.Clock.GetUtcNow().AddMinutes(1).ToString("O", CultureInfo.InvariantCulture);
        _server.Clock.Advance(TimeSpan.FromMinutes(10));
        await AmendAsync("late", "Another effect.", design => design["metrics"]!["mde_pct"] = 40);
        await ExposeAsync("late", "a", 0, "b", 1);
        Assert.Equal(2, await ExposedAsync("late"));
        await _server.PostAsync($"{Experiments}/late/exposures", $$"""{"exposures":[{"user_id":"b","variation_index":0,"occurred_at":"{{before}}"}]}""");
        Assert.Equal(1, await ExposedAsync("late"));
        Assert.True((await _server.PostAsync($"{Experiments}/late/verify")).Body.GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task Amended_again_stopped_and_served_anew_it_goes_on_as_it_was_amended()
    {
        await _server.StartExperimentAsync("twice");
        await ExposeAsync("twice", "a", 0);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await AmendAsync("twice", "First.", design => design["metrics"]!["mde_pct"] = 40);
        await ExposeAsync("twice", "b", 0);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await AmendAsync("twice", "Second.", design => design["metrics"]!["mde_pct"] = 30)).Body.GetProperty("iteration").GetInt32());
        await ExposeAsync("twice", "a", 1, "b", 1, "c", 1);
        Assert.Equal(1, await ExposedAsync("twice"));
        await _server.PostAsync($"{Experiments}/twice/stop");
        Assert.Equal(1, await ExposedAsync("twice"));
        Assert.Equal([2, 1], (await _server.GetAsync($"{Experiments}/twice/iterations")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("iteration").GetInt32()));
        (await AmendAsync("twice", "Too late.", design => design["metrics"]!["mde_pct"] = 20)).IsProblem(409, "illegal_transition");
    }

    [Theory]
    [InlineData("""{}""", "/reason missing_field /design missing_field")]
    [InlineData("""{"reason":" ","design":DESIGN}""", "/reason missing_field")]
    [InlineData("""{"reason":7,"design":DESIGN}""", "/reason invalid_value")]
    [InlineData("""{"reason":"x","design":SAME}""", "/design unchanged")]
    [InlineData("""{"reason":"x","design":{"key":"refused"},"why":1}""", "/why unknown_field /design/setup/variations missing_field")]
    [InlineData("""{"reason":"x","design":OTHER_KEY}""", "/design/key key_mismatch")]
    [InlineData("""{"reason":"x","design":OTHER_SPLIT}""", "/design/setup/traffic_split not_supported_yet")]
    public async Task What_is_no_amendment_is_refused_and_changes_nothing(string body, string expected)
    {
        await _server.StartExperimentAsync("refused");
        var before = await _server.GetAsync($"{Experiments}/refused");
        var same = before.Body.GetProperty("design").GetRawText();
        string With(Action<JsonNode> change)
        {
            var design = JsonNode.Parse(same)!;
            change(design);
            return design.ToJsonString();
        }

        var sent = body.Replace("SAME", same, StringComparison.Ordinal)
            .Replace("OTHER_KEY", With(design => design["key"] = "another"), StringComparison.Ordinal)
            .Replace("OTHER_SPLIT", With(design => design["setup"]!["traffic_split"] = new JsonArray(1, 2)), StringComparison.Ordinal)
            .Replace("DESIGN", With(design => design["metrics"]!["mde_pct"] = 40), StringComparison.Ordinal);
        var refused = (await _server.PostAsync($"{Experiments}/refused/amend", sent)).IsProblem(422, "invalid_body");
        var errors = string.Join(" ", refused.Body.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}"));
        Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        Assert.Equal(before.Text, (await _server.GetAsync($"{Experiments}/refused")).Text);
        Assert.Equal(0, (await _server.GetAsync($"{Experiments}/refused/iterations")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Only_what_runs_is_amended()
    {
        (await _server.PostAsync($"{Experiments}/nobody/amend", "{}")).IsProblem(404, "unknown_experiment");
        (await _server.GetAsync($"{Experiments}/nobody/iterations")).IsProblem(404, "unknown_experiment");
        (await _server.GetAsync($"{Experiments}/nobody/iterations/1")).IsProblem(404, "unknown_experiment");
        await _server.PostAsync(Experiments, DesignText.Minimal("draft"));
        (await _server.PostAsync($"{Experiments}/draft/amend", "{}")).IsProblem(409, "illegal_transition");
        await _server.StartExperimentAsync("held");
        (await _server.SendAsync(HttpMethod.Post, $"{Experiments}/held/amend", "{}", ("If-Match", "\"v9\""))).IsProblem(412, "version_mismatch");
    }

    private async Task<Answer> AmendAsync(string key, string reason, Action<JsonNode> change)
    {
        var design = JsonNode.Parse((await _server.GetAsync($"{Experiments}/{key}")).Body.GetProperty("design").GetRawText())!;
        change(design);
        return await _server.PostAsync($"{Experiments}/{key}/amend", new JsonObject { ["reason"] = reason, ["design"] = design }.ToJsonString());
    }

    private async Task ExposeAsync(string key, params object[] units)
    {
        var exposures = string.Join(",", Enumerable.Range(0, units.Length / 2).Select(i => $$"""{"user_id":"{{units[2 * i]}}","variation_index":{{units[(2 * i) + 1]}}}"""));
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""")).Status);
    }

    private async Task<int> ExposedAsync(string key) => (await _server.GetAsync($"{Experiments}/{key}/live-stats")).Body.GetProperty("exposures_total").GetInt32();
}
