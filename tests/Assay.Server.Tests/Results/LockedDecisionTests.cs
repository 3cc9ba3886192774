using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Assay.Server.Tests.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

/// <summary>A fixed test is locked until both arms have their planned units with closed windows: until then nothing that is told says what it will say, and nobody opens it but the time.</summary>
public sealed class LockedDecisionTests : IAsyncLifetime
{
    private const string Key = "fixed";

    /// <summary>More than are planned for an arm.</summary>
    private const int Units = 700;

    private static readonly DateTimeOffset Began = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>When the windows of units that are exposed at 10:20 have closed: an hour of window, an hour of lateness, and the full hour.</summary>
    private static readonly DateTimeOffset Opens = new(2026, 3, 2, 13, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Began);
    private RunningServer? _server;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock));
        var (status, body) = await Server.PostAsync("experiments", $$"""
            {
              "key": "{{Key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
              "metrics": {
                "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5, "mde_pct": 16, "attribution_window_hours": 1,
                "secondary": [ { "name": "revenue", "event": "purchase", "metric_type": "continuous", "direction": "increase", "baseline_value": 5, "std_dev": 20 } ]
              },
              "constraints": { "analysis": "fixed_horizon" }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        Assert.All(body.GetProperty("plan").GetProperty("planned_sample_sizes").EnumerateArray(), size => Assert.InRange(size.GetInt64(), 1, Units));
        await Server.BeginAsync(Key);
        _clock.SetUtcNow(Began.AddMinutes(80));
        await SendAsync(first: 0, Units, control: 300, treatment: 400);
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task While_it_is_locked_no_answer_has_a_number_of_the_decision()
    {
        _clock.SetUtcNow(Opens.AddSeconds(-1));
        var live = await Server.GetAsync($"experiments/{Key}/live-stats?pairs=all");
        var comparisons = live.GetProperty("comparisons").EnumerateArray().Concat(live.GetProperty("secondary")[0].GetProperty("comparisons").EnumerateArray()).ToList();
        Assert.All(comparisons, comparison => Assert.Equal(["level"], Numbers(comparison.GetProperty("decision"))));
        Assert.All(comparisons, comparison => Assert.Equal("locked", comparison.GetProperty("decision").GetProperty("status").GetString()));
        var verdict = live.GetProperty("verdict");
        Assert.Equal("keep_running", verdict.GetProperty("status").GetString());
        Assert.Contains("locked", verdict.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()));
        Assert.Equal(["level"], Numbers(verdict.GetProperty("evidence").GetProperty("treatments")[0].GetProperty("primaries")[0]));
        Assert.Equal(JsonValueKind.Null, verdict.GetProperty("ranking")[0].GetProperty("shrunk_gain").ValueKind);
        foreach (var told in (string[])["shrunk", "false_positive_risk", "twyman", "total_impact"]) Assert.Equal(JsonValueKind.Null, live.GetProperty("also")[0].GetProperty(told).ValueKind);
        Assert.Equal(0, (await Server.GetAsync($"experiments/{Key}/verdicts")).GetProperty("items").GetArrayLength());
        Assert.All((await Server.GetAsync($"experiments/{Key}/timeline")).GetProperty("points").EnumerateArray(), point => Assert.Equal(JsonValueKind.Null, point.GetProperty("comparisons")[0].GetProperty("decision").ValueKind));

        // What tells whether the data can be trusted is there all along.
        Assert.Equal((2 * Units, "ok"), (live.GetProperty("exposures_total").GetInt32(), live.GetProperty("srm").GetProperty("status").GetString()));
        Assert.NotEqual(JsonValueKind.Null, live.GetProperty("last_event_at").ValueKind);
    }

    [Fact]
    public async Task While_it_is_locked_no_page_and_no_report_has_an_effect_where_the_decision_stands()
    {
        // Units that have completed, and far from as many as are planned.
        await BeginAsync("small");
        await SendAsync(10_000, 120, control: 50, treatment: 70, "small");
        _clock.SetUtcNow(Opens.AddSeconds(-1));
        await AssertNoEffectAsync(Key);
        _clock.SetUtcNow(Opens);
        Assert.Equal(240, (await Server.GetAsync("experiments/small/live-stats")).GetProperty("population").GetProperty("completed").GetInt32());
        await AssertNoEffectAsync("small");
        var headline = Text((await PageAsync("/experiments/small")).QuerySelector("#headline")!);
        Assert.Contains("No answer yet: the planned size is not reached.", headline, StringComparison.Ordinal);
        Assert.Matches("120 of [0-9]+ planned units have closed windows in the arm that is farthest behind", headline);
        var numbers = await PageAsync("/experiments/small/numbers");
        Assert.Equal(["Decision: fixed test of the planned units"], numbers.QuerySelectorAll("#arm-1 h3").Select(Text));
        Assert.Contains("Nothing may be read of it yet", numbers.QuerySelector("#arm-1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Effect for reference", (await PageAsync("/experiments/small/numbers?reference=true")).QuerySelectorAll("#arm-1 h3").Select(Text));
    }

    [Fact]
    public async Task The_hour_opens_it_without_a_commit_and_whoever_holds_an_answer_or_watches_is_told()
    {
        string[] answers = ["live-stats", "moments", "timeline", "report?format=html", "report?format=csv", "report?format=markdown", "report?format=json"];
        _clock.SetUtcNow(Opens.AddSeconds(-1));
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in answers) held[path] = await TagAsync($"/api/v1/experiments/{Key}/{path}");
        var page = await TagAsync($"/experiments/{Key}");
        await using var events = SseParser.Create(await Server.Client.GetStreamAsync($"/api/v1/experiments/{Key}/live-stats/stream")).EnumerateAsync().GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("locked", Status(JsonElement.Parse(events.Current.Data)));
        var next = events.MoveNextAsync().AsTask();

        _clock.SetUtcNow(Opens);
        Assert.Equal("ok", Status(await LiveAsync()));
        foreach (var (path, tag) in held) Assert.NotEqual((path, tag), (path, await TagAsync($"/api/v1/experiments/{Key}/{path}")));
        Assert.NotEqual(page, await TagAsync($"/experiments/{Key}"));
        await Wait.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return next.IsCompleted;
        });
        Assert.True(await next);
        Assert.Equal("ok", Status(JsonElement.Parse(events.Current.Data)));
    }

    [Fact]
    public async Task No_time_to_come_opens_it_and_a_time_that_was_tells_what_was_told()
    {
        _clock.SetUtcNow(Opens.AddSeconds(-1));
        var watermark = (await LiveAsync()).GetProperty("watermark").GetInt64();
        foreach (var path in (string[])["live-stats", "moments"])
        {
            foreach (var at in (string[])["2026-03-02T13:00:00Z", "2026-03-02T14:00:00+01:00", "2027-01-01T00:00:00Z"])
            {
                using var answer = await Server.Client.GetAsync($"/api/v1/experiments/{Key}/{path}?as_of={watermark}&at={Uri.EscapeDataString(at)}");
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }

        _clock.SetUtcNow(Opens);
        Assert.Equal("ok", Status(await Server.GetAsync($"experiments/{Key}/live-stats?as_of={watermark}&at=2026-03-02T13:00:00Z")));
        Assert.Equal("locked", Status(await Server.GetAsync($"experiments/{Key}/live-stats?as_of={watermark}&at=2026-03-02T12:59:59Z")));
        Assert.Equal("locked", Status(await Server.GetAsync($"experiments/{Key}/live-stats?as_of={watermark}")));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_takes_nothing_back_of_what_was_read()
    {
        var once = await ReadOnceAsync();
        _clock.AdjustTime(Opens.AddSeconds(-1));
        Assert.True(JsonElement.DeepEquals(once, Decision(await LiveAsync())));
        Assert.Equal(0, (await LiveAsync()).GetProperty("population").GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task What_is_recorded_and_decided_after_a_clock_was_set_back_is_derived_again()
    {
        await ReadOnceAsync();
        _clock.AdjustTime(Opens.AddHours(-1));
        await DecideAsync("It was seen to win.");

        // Many more of one arm: another verdict, and by the clock it is older than the look.
        var at = _clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        await Server.RecordAsync($"experiments/{Key}/exposures", $$"""{"exposures":[{{string.Join(',', Enumerable.Range(50_000, 400).Select(i => $$"""{"user_id":"0-{{i}}","variation_index":0,"occurred_at":"{{at}}"}"""))}}]}""");
        await Wait.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return (await Server.GetAsync($"experiments/{Key}/verdicts")).GetProperty("items")[0].GetProperty("status").GetString() == "investigate";
        });
        await DecideAsync("It is to be looked into.");
        Assert.True(_clock.GetUtcNow() < Opens);
        var (status, verified) = await Server.PostAsync($"experiments/{Key}/records/verify", "");
        Assert.True(status == HttpStatusCode.OK && verified.GetProperty("equal").GetBoolean(), verified.ToString());
        Assert.Equal(["look", "verdict", "verdict", "decision", "decision"], verified.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("kind").GetString()).Where(kind => kind != "crossing"));

        async Task DecideAsync(string reason)
        {
            var (answered, body) = await Server.PostAsync($"experiments/{Key}/decide", $$"""{"decision":"keep_control","reason":"{{reason}}"}""");
            Assert.True(answered == HttpStatusCode.OK, body.ToString());
        }
    }

    [Fact]
    public async Task What_was_read_stays_whatever_completes_later()
    {
        _clock.SetUtcNow(Opens.AddHours(11));
        var once = Decision(await LiveAsync());
        Assert.True(once.GetProperty("is_significant").GetBoolean());
        await SendAsync(Units, Units, control: 500, treatment: 300);
        _clock.SetUtcNow(Opens.AddHours(59));
        var later = await LiveAsync();
        Assert.Equal(4 * Units, later.GetProperty("population").GetProperty("completed").GetInt32());
        Assert.True(JsonElement.DeepEquals(once, Decision(later)), Decision(later).ToString());
    }

    [Fact]
    public async Task What_was_read_stays_whatever_arrives_late_and_whoever_is_excluded_erased_or_linked_afterwards()
    {
        var (once, page) = (await ReadOnceAsync(), Decided(await PageAsync($"/experiments/{Key}")));
        Assert.True(once.GetProperty("is_significant").GetBoolean());

        var late = string.Join(',', Enumerable.Range(300, 150).Select(i => $$"""{"user_id":"0-{{i}}","metric":"purchase","occurred_at":"{{Began.AddMinutes(90):O}}"}"""));
        await Server.RecordAsync($"experiments/{Key}/conversions", $$"""{"conversions":[{{late}}]}""");
        await AssertSameAsync();
        await Server.RecordAsync("exclusions", $$"""{"exclusions":[{{string.Join(',', Enumerable.Range(0, 200).Select(i => $$"""{"user_id":"1-{{i}}"}"""))}}]}""");
        await AssertSameAsync();
        await Server.RecordAsync("identities", """{"identities":[{"anonymous_id":"1-300","user_id":"0-301"}]}""");
        await AssertSameAsync();
        var (status, verified) = await Server.PostAsync($"experiments/{Key}/records/verify", "");
        Assert.True(status == HttpStatusCode.OK && verified.GetProperty("equal").GetBoolean(), verified.ToString());
        Assert.Contains("look", verified.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("kind").GetString()));
        using var erased = await Server.Client.DeleteAsync("/api/v1/units/1-400");
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        await AssertSameAsync();

        // The population that is shown has moved all the same.
        Assert.InRange((await LiveAsync()).GetProperty("comparisons")[0].GetProperty("completed").GetProperty("treatment").GetProperty("exposed_users").GetInt32(), 400, Units - 200);

        async Task AssertSameAsync()
        {
            Assert.True(JsonElement.DeepEquals(once, Decision(await LiveAsync())), Decision(await LiveAsync()).ToString());
            Assert.Equal(page, Decided(await PageAsync($"/experiments/{Key}")));
        }

        static string Decided(IHtmlDocument shown) => string.Join(' ', shown.QuerySelectorAll("#effects tbody:first-of-type td:not(.reference):not(.plot)").Select(Text));
    }

    [Fact]
    public async Task Neither_a_pause_nor_a_stop_nor_the_archive_nor_another_plan_opens_it()
    {
        await BeginAsync("ended");
        await SendAsync(10_000, 120, control: 50, treatment: 70, "ended");
        _clock.SetUtcNow(Opens);
        await ActAsync("ended", "pause");
        await AssertNoEffectAsync("ended");
        await ActAsync("ended", "resume");

        var design = JsonNode.Parse((await Server.GetAsync("experiments/ended")).GetProperty("design").GetRawText())!;
        design["metrics"]!["mde_pct"] = 90;
        await ActAsync("ended", "amend", new JsonObject { ["reason"] = "Fewer will do.", ["design"] = design }.ToJsonString());
        Assert.Equal("locked", Status((await Server.GetAsync("experiments/ended/iterations/1")).GetProperty("readout")));
        await SendAsync(20_000, 12, control: 2, treatment: 9, "ended");
        _clock.Advance(TimeSpan.FromHours(3));
        await AssertNoEffectAsync("ended");

        await ActAsync("ended", "stop");
        _clock.Advance(TimeSpan.FromDays(5));
        await AssertNoEffectAsync("ended");
        Assert.Equal("No answer: the experiment ended before its planned size.", Text((await PageAsync("/experiments/ended")).QuerySelector("#headline-text")!));
        await ActAsync("ended", "archive");
        await AssertNoEffectAsync("ended");
        Assert.Equal("inconclusive", (await Server.GetAsync("experiments/ended/live-stats")).GetProperty("verdict").GetProperty("status").GetString());
    }

    /// <summary>The decision once its look is recorded.</summary>
    private async Task<JsonElement> ReadOnceAsync()
    {
        _clock.SetUtcNow(Opens);
        await Wait.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return (await LiveAsync()).GetProperty("sequential").GetProperty("looks").GetArrayLength() == 1;
        });
        return Decision(await LiveAsync());
    }

    private async Task AssertNoEffectAsync(string key)
    {
        var page = await PageAsync($"/experiments/{key}");
        Assert.All(page.QuerySelectorAll("#effects tbody tr:not(.metric)"), row =>
        {
            Assert.Equal(["– –", "– –"], row.QuerySelectorAll("td.num:not(.reference)").Select(Text));
            Assert.Null(row.QuerySelector("g.decided"));
            Assert.Equal(("calm", "Locked"), (row.ClassName, Text(row.QuerySelector(".pill")!)));
        });
        Assert.Empty((await PageAsync("/")).QuerySelectorAll($"#item-{key} svg.mini"));
        Assert.All((await CsvAsync(key)).Where(row => row["method"] == "fixed_horizon"), row =>
            Assert.All((string[])["effect", "effect_relative", "standard_error", "ci_lower", "ci_upper", "ci_relative_lower", "ci_relative_upper", "p_value", "p_value_adjusted"], column => Assert.Equal("", row[column])));
        var markdown = await Server.Client.GetStringAsync($"/api/v1/experiments/{key}/report?format=markdown");
        Assert.Contains("one-page against control | – | – | – | – | Locked |", markdown, StringComparison.Ordinal);
    }

    /// <summary>Another experiment of the same design.</summary>
    private async Task BeginAsync(string key)
    {
        var design = JsonNode.Parse((await Server.GetAsync($"experiments/{Key}")).GetProperty("design").GetRawText())!;
        design["key"] = key;
        var (status, body) = await Server.PostAsync("experiments", design.ToJsonString());
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        await Server.BeginAsync(key);
    }

    private async Task ActAsync(string key, string action, string body = "{}")
    {
        var (status, answer) = await Server.PostAsync($"experiments/{key}/{action}", body);
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
    }

    /// <summary>New units of each arm, of whom so many convert, now.</summary>
    private async Task SendAsync(int first, int units, int control, int treatment, string key = Key)
    {
        var at = _clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        foreach (var (arm, converted) in new[] { (0, control), (1, treatment) })
        {
            var events = string.Join(',', Enumerable.Range(first, converted).Select(i => $$"""{"user_id":"{{arm}}-{{i}}","metric":"purchase","value":{{5 + (i % 7)}},"occurred_at":"{{at}}"}"""));
            await Server.RecordAsync($"experiments/{key}/conversions", $$"""{"conversions":[{{events}}]}""");
        }

        var exposures = string.Join(',', from arm in (int[])[0, 1] from i in Enumerable.Range(first, units) select $$"""{"user_id":"{{arm}}-{{i}}","variation_index":{{arm}},"occurred_at":"{{at}}"}""");
        await Server.RecordAsync($"experiments/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""");
    }

    private async Task<IHtmlDocument> PageAsync(string path) => Rendered.Parse(await Server.Client.GetStringAsync(path));

    private async Task<List<Dictionary<string, string>>> CsvAsync(string key)
    {
        var lines = (await Server.Client.GetStringAsync($"/api/v1/experiments/{key}/report?format=csv")).Split("\r\n")[..^1].Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    private Task<JsonElement> LiveAsync() => Server.GetAsync($"experiments/{Key}/live-stats");

    private async Task<string> TagAsync(string path)
    {
        using var answer = await Server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.ETag!.ToString();
    }

    private static JsonElement Decision(JsonElement live) => live.GetProperty("comparisons")[0].GetProperty("decision");

    private static string Status(JsonElement live) => Decision(live).GetProperty("status").GetString()!;

    private static IEnumerable<string> Numbers(JsonElement block) => block.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number).Select(member => member.Name);

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
