using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Results.Recording;

/// <summary>What the installation's experiments came to before one began, on every engine.</summary>
public abstract class PastContract : ServedContract
{
    /// <summary>So long ago that nobody follows any more what was stopped around it: the server would record verdicts of its own.</summary>
    private readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow().AddDays(-5);
    private int _past;

    [Fact]
    public async Task The_risk_of_a_false_positive_rests_on_what_other_experiments_had_come_to_when_the_iteration_began()
    {
        await Server.CreateAsync("model");
        for (var i = 0; i < 6; i++) await PastAsync(-24, "ship");
        for (var i = 0; i < 7; i++) await PastAsync(-24, "stop_harm");
        for (var i = 0; i < 5; i++) await PastAsync(-24, "no_worthwhile_effect");
        // The last verdict counts, and of the last iteration.
        await PastAsync(-24, "ship", "inconclusive");
        await PastAsync(-24, "investigate", "ship");
        // These came to nothing, or later.
        await PastAsync(-24, "keep_running");
        await PastAsync(-24, "ship", "investigate");
        await PastAsync(-24);
        await PastAsync(+1, "ship");
        await ExecuteAsync(Verdict("past-0", 2, 9, Microseconds.Of(_began.AddHours(1)), "inconclusive"));
        await WinAsync("won", _began);

        var (risk, tag) = await RiskAsync("won");
        Assert.Equal(("record", 20, 7), (risk.GetProperty("prior_source").GetString(), risk.GetProperty("decided_experiments").GetInt32(), risk.GetProperty("successful_experiments").GetInt32()));
        var prior = ((7 / 20.0) - 0.025) / (0.8 - 0.025);
        Assert.Equal(prior, risk.GetProperty("prior_success_rate").GetDouble(), 1e-12);
        Assert.Equal(0.025 * (1 - prior) / ((0.025 * (1 - prior)) + (0.8 * prior)), risk.GetProperty("risk").GetDouble(), 1e-12);
        var page = await Server.Client.GetStringAsync("/experiments/won", Cancellation);
        Assert.Contains("from 7 shipped of 20 experiments decided before this one began.", page, StringComparison.Ordinal);

        // What others come to later moves nothing: not the number, not its tag, and it is the same when it is read anew.
        for (var i = 0; i < 3; i++) await PastAsync(+2, "ship");
        Server.Services.GetRequiredService<ExperimentDirectory>().Forget("won");
        var (again, tagAgain) = await RiskAsync("won");
        Assert.Equal((risk.GetRawText(), tag), (again.GetRawText(), tagAgain));
    }

    [Fact]
    public async Task Below_twenty_decided_experiments_the_record_says_nothing()
    {
        await Server.CreateAsync("model");
        for (var i = 0; i < 19; i++) await PastAsync(-24, "ship");
        await PastAsync(+1, "ship");
        await WinAsync("won", _began);
        var also = (await Server.GetAsync("experiments/won/live-stats")).GetProperty("also")[0];
        Assert.NotEqual(JsonValueKind.Null, also.GetProperty("shrunk").ValueKind);
        Assert.Equal(JsonValueKind.Null, also.GetProperty("false_positive_risk").ValueKind);
    }

    [Fact]
    public async Task A_list_knows_the_record_of_each_at_its_own_beginning_and_a_draft_has_none()
    {
        await Server.CreateAsync("model");
        for (var hour = -9; hour < -3; hour++) await PastAsync(hour, "ship");
        foreach (var (key, hours) in new[] { ("early", -8.5), ("late", -4.5) })
        {
            await Server.CreateAsync(key);
            await Server.BeginAsync(key, _began.AddHours(hours));
        }

        var catalog = Server.Services.GetRequiredService<ICatalog>();
        var listed = (await catalog.ListAsync(new ExperimentQuery(null, null, 200, null), Cancellation)).ToDictionary(experiment => experiment.Key, experiment => experiment.Installation);
        Assert.Equal((null, 1, 5), (listed["model"], listed["early"]!.Decided, listed["late"]!.Decided));
        Assert.Equal(listed["late"], (await catalog.FindAsync("late", Cancellation))!.Installation);
    }

    /// <summary>An experiment that was stopped so many hours after the beginning, and what it had said in its last hours, the last of it when it was stopped. It is there as a whole or not at all.</summary>
    private Task<int> PastAsync(double stopped, params string[] verdicts)
    {
        var (key, stoppedAt) = ($"past-{_past++}", Microseconds.Of(_began.AddHours(stopped)));
        string[] said = [.. verdicts.Select((verdict, i) => Verdict(key, 2, i + 2, stoppedAt - ((verdicts.Length - i - 1) * 3_600_000_000), verdict))];
        return ExecuteAsync($"""
            begin;
            insert into experiments (key, version, status, iteration, epoch, created_at, started_at, stopped_at, closes_at, iteration_started_at, search, design, plan)
            select '{key}', 5, 'archived', 2, 1, created_at, {stoppedAt - 864_000_000_000}, {stoppedAt}, {stoppedAt}, {stoppedAt - 432_000_000_000}, '{key}', replace(design, '"model"', '"{key}"'), plan
            from experiments where key = 'model';
            {Verdict(key, 1, 1, stoppedAt - 500_000_000_000, "ship")};
            {string.Join(";\n", said is [] ? [Record(key, 2, "iteration", "2", stoppedAt, "{}")] : said)};
            commit
            """);
    }

    private static string Verdict(string key, int iteration, int number, long asOf, string status) =>
        Record(key, iteration, "verdict", number.ToString(CultureInfo.InvariantCulture), asOf, $$"""{"status":"{{status}}","recommended_index":null}""");

    private static string Record(string key, int iteration, string kind, string name, long asOf, string content) => string.Create(
        CultureInfo.InvariantCulture,
        $"insert into records (experiment, iteration, kind, name, at, as_of, watermark, content) values ('{key}', {iteration}, '{kind}', '{name}', {asOf}, {asOf}, 1, '{content}')");

    /// <summary>An experiment with a plain gain.</summary>
    private async Task WinAsync(string key, DateTimeOffset began)
    {
        var (status, body) = await Server.PostAsync("experiments", $$"""
            {
              "key": "{{key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
              "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5, "mde_pct": 16, "attribution_window_hours": 1 },
              "constraints": { "analysis": "always_valid" }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        await Server.BeginAsync(key, began);
        var at = began.AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        var exposures = string.Join(",", from arm in (int[])[0, 1] from i in Enumerable.Range(0, 700) select $$"""{"user_id":"{{arm}}-{{i}}","variation_index":{{arm}},"occurred_at":"{{at}}"}""");
        var events = string.Join(",", from arm in (int[])[0, 1] from i in Enumerable.Range(0, arm == 0 ? 300 : 450) select $$"""{"user_id":"{{arm}}-{{i}}","metric":"purchase","occurred_at":"{{at}}"}""");
        await Server.RecordAsync($"experiments/{key}/conversions", $$"""{"conversions":[{{events}}]}""");
        await Server.RecordAsync($"experiments/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""");
        // Once its own verdict is recorded nothing of it changes any more.
        await Wait.UntilAsync(async () => (await Server.GetAsync($"experiments/{key}/verdicts")).GetProperty("items").GetArrayLength() > 0);
    }

    private async Task<(JsonElement Risk, string Tag)> RiskAsync(string key)
    {
        using var response = await Server.Client.GetAsync($"/api/v1/experiments/{key}/live-stats", Cancellation);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return (body.GetProperty("also")[0].GetProperty("false_positive_risk"), response.Headers.ETag!.Tag);
    }
}
