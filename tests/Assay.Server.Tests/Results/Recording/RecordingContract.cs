using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;
using Assay.Server.Tests.Dashboard;
using Assay.Server.Tests.Storage;

namespace Assay.Server.Tests.Results.Recording;

/// <summary>What is recorded of readouts, on every engine: once, as it was, whoever reads and however often.</summary>
public abstract class RecordingContract : ServedContract
{
    private readonly DateTimeOffset _exposedAt = TimeProvider.System.GetUtcNow().AddHours(-5);
    private int _users;

    [Fact]
    public async Task A_look_is_taken_once_at_its_fraction_and_stays_as_it_was_whatever_comes_later()
    {
        await BeginAsync("looked", looks: 2);
        await SendAsync("looked", units: 230, control: 115, treatment: 120);
        Assert.Empty(await LooksAsync("looked"));
        Assert.Equal("locked", Decision(await LiveAsync("looked")).GetProperty("status").GetString());
        Assert.All(await DecidedAsync("looked"), shown => Assert.Equal("– –", shown));

        await SendAsync("looked", units: 115, control: 55, treatment: 65);
        await UntilLooksAsync("looked", 1);
        var first = (await LooksAsync("looked"))[0];
        Assert.Equal((1, false), (Int(first, "look"), first.GetProperty("crossed").GetBoolean()));
        var live = await LiveAsync("looked");
        Assert.Equal("ok", Decision(live).GetProperty("status").GetString());
        var shown = await DecidedAsync("looked");
        Assert.DoesNotContain("– –", shown);
        Assert.True(live.GetProperty("sequential").GetProperty("alpha_spent").GetDouble() > 0);

        // More data, late data and readers move the readout and not the look.
        await SendAsync("looked", units: 60, control: 30, treatment: 30);
        for (var i = 0; i < 5; i++) await LiveAsync("looked");
        var second = Assert.Single(await LooksAsync("looked"));
        Assert.True(JsonElement.DeepEquals(first, second));
        Assert.True(JsonElement.DeepEquals(Decision(live), Decision(await LiveAsync("looked"))));
        Assert.Equal(shown, await DecidedAsync("looked"));

        await SendAsync("looked", units: 260, control: 120, treatment: 180);
        await UntilLooksAsync("looked", 2);
        var looks = await LooksAsync("looked");
        Assert.True(JsonElement.DeepEquals(first, looks[0]));
        Assert.Equal((2, true), (Int(looks[1], "look"), looks[1].GetProperty("crossed").GetBoolean()));
        Assert.True(looks[1].GetProperty("z").GetDouble() >= looks[1].GetProperty("boundary_z").GetDouble());
        live = await LiveAsync("looked");
        Assert.True(Decision(live).GetProperty("is_significant").GetBoolean());
        Assert.Equal(looks[1].GetProperty("taken_at").GetString(), Decision(live).GetProperty("crossed_at").GetString());
        await UntilVerdictAsync("looked", "ship");
        await AssertAuditAsync("look_taken", 2);
    }

    [Fact]
    public async Task Verdicts_are_recorded_as_they_change_with_what_they_were_drawn_from_and_a_first_crossing_stays()
    {
        await BeginAsync("won", looks: 1);
        await SendAsync("won", units: 600, control: 260, treatment: 380);
        await UntilVerdictAsync("won", "ship");
        var ship = (await Server.GetAsync("experiments/won/verdicts")).GetProperty("items")[0];
        Assert.Equal(JsonValueKind.Null, ship.GetProperty("moments").ValueKind);
        Assert.Equal(1, ship.GetProperty("verdict").GetProperty("recommended_index").GetInt32());
        var kept = await Server.GetAsync($"experiments/won/verdicts/{Int(ship, "number")}");
        Assert.Equal((await Server.GetAsync("experiments/won/moments")).GetProperty("moments").GetRawText(), kept.GetProperty("moments").GetRawText());
        var crossedAt = Decision(await LiveAsync("won")).GetProperty("crossed_at").GetString();
        Assert.NotNull(crossedAt);

        // The difference goes away again: the current numbers say so, and what was is still told.
        await SendAsync("won", units: 4_000, control: 2_060, treatment: 1_900);
        await Wait.UntilAsync(async () => (await Server.GetAsync("experiments/won/verdicts")).GetProperty("items")[0].GetProperty("status").GetString() != "ship");
        var decision = Decision(await LiveAsync("won"));
        Assert.False(decision.GetProperty("is_significant").GetBoolean());
        Assert.Equal(crossedAt, decision.GetProperty("crossed_at").GetString());
        Assert.Equal(kept.GetRawText(), (await Server.GetAsync($"experiments/won/verdicts/{Int(ship, "number")}")).GetRawText());
        await AssertAuditAsync("crossed", 1);
    }

    /// <summary>Who archives at once, before anybody has looked, keeps what the experiment came to.</summary>
    [Fact]
    public async Task The_last_verdict_is_recorded_though_it_is_archived_at_once()
    {
        await BeginAsync("hurried", looks: 2);
        await SendAsync("hurried", units: 20, control: 10, treatment: 11);
        await Server.PostAsync("experiments/hurried/stop", "");
        await Server.PostAsync("experiments/hurried/archive", "");
        Assert.Equal("archived", (await Server.GetAsync("experiments/hurried")).GetProperty("status").GetString());
        await UntilVerdictAsync("hurried", "inconclusive");
    }

    [Theory]
    [InlineData("update records set content = replace(content, '\"look\":1', '\"look\":2')", "no longer stored as it was")]
    [InlineData("delete from records where kind = 'look'", "no longer stored as it was")]
    [InlineData("insert into records select experiment, iteration, kind, 'another', at, as_of, watermark, content, moments from records where kind = 'look'", "as no entry tells it")]
    public async Task A_record_that_somebody_changes_is_found_out(string sql, string told)
    {
        await BeginAsync("forged", looks: 2);
        await SendAsync("forged", units: 345, control: 170, treatment: 175);
        await UntilLooksAsync("forged", 1);
        await ExecuteAsync(DropTriggers);
        Assert.True(await ExecuteAsync(sql) > 0);
        Assert.Contains(told, (await ProveAsync()).Faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_experiment_that_keeps_running_nothing_is_recorded()
    {
        await BeginAsync("quiet", looks: 1);
        Assert.Equal(0, (await Server.GetAsync("experiments/quiet/verdicts")).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await Server.Client.GetAsync("/api/v1/experiments/quiet/verdicts/1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Server.Client.GetAsync("/api/v1/experiments/nobody/verdicts/1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Server.Client.GetAsync("/api/v1/experiments/nobody/verdicts", Cancellation)).StatusCode);
    }

    /// <summary>What an administrator of the database does first to change what is append-only.</summary>
    private protected abstract string DropTriggers { get; }

    /// <summary>About 610 units an arm of conversions of one half.</summary>
    private protected async Task BeginAsync(string key, int looks)
    {
        var (status, body) = await Server.PostAsync("experiments", $$"""
            {
              "key": "{{key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
              "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5, "mde_pct": 16, "attribution_window_hours": 1 },
              "constraints": { "n_looks": {{looks}} }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        await Server.BeginAsync(key, _exposedAt.AddHours(-1));
    }

    /// <summary>New units of each arm, of whom so many convert; their windows have closed long ago.</summary>
    private protected async Task SendAsync(string key, int units, int control, int treatment, RunningServer? to = null)
    {
        var at = _exposedAt.ToString("O", CultureInfo.InvariantCulture);
        var first = _users;
        _users += units;
        foreach (var (arm, converted) in new[] { (0, control), (1, treatment) })
        {
            // Conversions first: no look is taken of units whose events are still on their way.
            var events = string.Join(",", Enumerable.Range(first, converted).Select(i => $$"""{"user_id":"{{arm}}-{{i}}","metric":"purchase","occurred_at":"{{at}}"}"""));
            await (to ?? Server).RecordAsync($"experiments/{key}/conversions", $$"""{"conversions":[{{events}}]}""");
        }

        var exposures = string.Join(",", from arm in (int[])[0, 1] from i in Enumerable.Range(first, units) select $$"""{"user_id":"{{arm}}-{{i}}","variation_index":{{arm}},"occurred_at":"{{at}}"}""");
        await (to ?? Server).RecordAsync($"experiments/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""");
    }

    /// <summary>What the page shows where the decision on the primary stands.</summary>
    private async Task<List<string>> DecidedAsync(string key) =>
    [
        .. Rendered.Parse(await Server.Client.GetStringAsync($"/experiments/{key}", Cancellation)).QuerySelectorAll("#effects tbody tr:not(.metric) td.num:not(.reference)")
            .Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))),
    ];

    private Task<JsonElement> LiveAsync(string key, RunningServer? from = null) => (from ?? Server).GetAsync($"experiments/{key}/live-stats");

    private protected async Task<List<JsonElement>> LooksAsync(string key, RunningServer? from = null) => [.. (await LiveAsync(key, from)).GetProperty("sequential").GetProperty("looks").EnumerateArray()];

    private protected Task UntilLooksAsync(string key, int count, RunningServer? from = null) => Wait.UntilAsync(async () => (await LooksAsync(key, from)).Count == count);

    private Task UntilVerdictAsync(string key, string status) => Wait.UntilAsync(async () =>
        (await Server.GetAsync($"experiments/{key}/verdicts")).GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } last && last.GetProperty("status").GetString() == status);

    private protected async Task AssertAuditAsync(string action, int times)
    {
        var entries = (await Server.GetAsync("audit?limit=200")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(times, entries.Count(entry => entry.GetProperty("action").GetString() == action));
        Assert.Empty((await ProveAsync()).Faults);
    }

    private async Task<AuditProof> ProveAsync()
    {
        await using var engine = StorageEngines.Open(Storage);
        await using var connection = await engine.Source.OpenConnectionAsync(Cancellation);
        return await AuditProof.DrawAsync(connection, null, Cancellation);
    }

    private static JsonElement Decision(JsonElement live) => live.GetProperty("comparisons")[0].GetProperty("decision");

    private protected static int Int(JsonElement body, string field) => body.GetProperty(field).GetInt32();
}
