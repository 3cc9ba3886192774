using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results.Past;

/// <summary>Whatever was read of an experiment in its life can be read again when it is over, on every engine: by commit and time, to the letter.</summary>
public abstract class PastContract : ServedContract
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 10, 30, 0, 400, TimeSpan.Zero));
    private readonly List<(long Watermark, string AsOf, string Readout, string Moments)> _read = [];
    private int _users;

    private protected override void Adjust(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task A_life_with_everything_in_it_can_be_read_again_from_its_end()
    {
        await LiveAsync("life");
        Assert.True(_read.Count > 25);
        Assert.Equal(["paused", "running", "stopped"], _read.Select(read => JsonElement.Parse(read.Readout).GetProperty("status").GetString()).Distinct().Order(StringComparer.Ordinal));
        foreach (var (watermark, asOf, readout, moments) in _read)
        {
            Assert.Equal(readout, await TextAsync($"experiments/life/live-stats?as_of={watermark}&at={Uri.EscapeDataString(asOf)}"));
            Assert.Equal(moments, (await Server.GetAsync($"experiments/life/moments?as_of={watermark}&at={Uri.EscapeDataString(asOf)}")).GetProperty("moments").GetRawText());
        }
    }

    [Fact]
    public async Task What_was_recorded_of_it_is_derived_again_and_a_forgery_is_named()
    {
        await LiveAsync("kept");
        var verified = await VerifyAsync("kept");
        Assert.True(verified.GetProperty("equal").GetBoolean(), verified.ToString());
        var kinds = verified.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("kind").GetString()!).ToList();
        Assert.Equal(["crossing", "decision", "iteration", "look", "verdict"], kinds.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((kinds.Count, 0), (verified.GetProperty("compared").GetInt32(), verified.GetProperty("except_erased").GetInt32()));

        await ExecuteAsync(DropTriggers);
        Assert.Equal(1, await ExecuteAsync("update records set content = replace(content, '\"look\":1,', '\"look\":1,\"z\":1.25,') where kind = 'look' and iteration = 2 and name = 'purchase/1/1'"));
        verified = await VerifyAsync("kept");
        Assert.False(verified.GetProperty("equal").GetBoolean());
        var forged = Assert.Single(verified.GetProperty("records").EnumerateArray(), record => !record.GetProperty("equal").GetBoolean());
        Assert.Equal(("look", 2), (forged.GetProperty("kind").GetString(), forged.GetProperty("iteration").GetInt32()));
        Assert.Contains("/z", forged.GetProperty("differences").EnumerateArray().Select(difference => difference.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task What_was_recorded_twice_within_a_second_is_derived_as_of_both_moments()
    {
        await BeginAsync("twice");
        await AmendAsync("twice");
        _clock.Advance(TimeSpan.FromHours(1));
        await SendAsync("twice", 1500, step: 0);
        _clock.Advance(TimeSpan.FromDays(5));
        await RecordAsync("twice");
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await ActAsync("twice", "pause");
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await AmendAsync("twice", looks: 3);
        var verified = await VerifyAsync("twice");
        var second = verified.GetProperty("records").EnumerateArray().Where(record => record.GetProperty("iteration").GetInt32() == 2).ToList();
        Assert.Superset(new HashSet<string?> { "look", "iteration" }, second.Select(record => record.GetProperty("kind").GetString()).ToHashSet());
        Assert.Single(second.Select(record => record.GetProperty("as_of").GetString()).Distinct());
        Assert.True(verified.GetProperty("equal").GetBoolean(), verified.ToString());
    }

    [Fact]
    public async Task What_rests_on_an_erased_unit_is_told_so()
    {
        await LiveAsync("erased");
        using var erasing = await Server.Client.DeleteAsync("/api/v1/units/1-0", Cancellation);
        Assert.Equal(HttpStatusCode.OK, erasing.StatusCode);
        var verified = await VerifyAsync("erased");
        Assert.False(verified.GetProperty("equal").GetBoolean());
        Assert.Equal(1, verified.GetProperty("except_erased").GetInt32());
        Assert.All(verified.GetProperty("records").EnumerateArray(), record => Assert.Equal(1, record.GetProperty("except_erased").GetInt32()));
    }

    [Theory]
    [InlineData("as_of=many", "as_of", "invalid_value")]
    [InlineData("as_of=-1", "as_of", "invalid_value")]
    [InlineData("as_of=999999", "as_of", "unknown_commit")]
    [InlineData("at=2026-03-02T10:30:00Z", "at", "needs_as_of")]
    [InlineData("as_of=2&at=yesterday", "at", "invalid_value")]
    [InlineData("as_of=2&at=2026-03-02T10:36:00", "at", "invalid_value")]
    [InlineData("as_of=2&at=Mon, 02 Mar 2026 10:36:00 GMT", "at", "invalid_value")]
    [InlineData("as_of=2&at=2026-03-01T00:00:00Z", "at", "before_commit")]
    [InlineData("as_of=2&at=2027-01-01T00:00:00Z", "at", "in_the_future")]
    [InlineData("as_of=1", "as_of", "not_started")]
    public async Task A_moment_that_never_was_is_refused_by_name(string query, string pointer, string code)
    {
        foreach (var key in (string[])["first", "second"]) await BeginAsync(key);
        foreach (var path in (string[])["live-stats", "moments"])
        {
            using var response = await Server.Client.GetAsync($"/api/v1/experiments/second/{path}?{query}", Cancellation);
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_query"), (response.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Equal((pointer, code), (problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), problem.GetProperty("errors")[0].GetProperty("code").GetString()));
        }
    }

    /// <summary>What an administrator of the database does first to change what is append-only.</summary>
    private protected abstract string DropTriggers { get; }

    /// <summary>Weeks of an experiment, with a pause, an amendment, items refused and sent again, people excluded and linked, and its end; read after each step, and some time later.</summary>
    private async Task LiveAsync(string key)
    {
        await BeginAsync(key);
        var last = "";
        for (var step = 0; step < 16; step++)
        {
            // What has no commit of its own, as a pause, is told by the second: another one than that of the last reading.
            _clock.Advance(TimeSpan.FromSeconds(1.5));
            switch (step)
            {
                case 2: await Server.RecordAsync("exclusions", """{"exclusions":[{"user_id":"0-1"},{"user_id":"1-40"}]}"""); break;
                case 3: await Server.RecordAsync("identities", """{"identities":[{"anonymous_id":"1-2","user_id":"1-3"},{"anonymous_id":"0-4","user_id":"1-5"}]}"""); break;
                case 4: await ActAsync(key, "pause"); break;
                case 5: await ActAsync(key, "resume"); break;
                case 6: await Server.RecordAsync($"experiments/{key}/exposures", last); break;
                case 7: await Server.PostAsync($"experiments/{key}/exposures", """{"exposures":[{"user_id":"x","variation_index":7}]}"""); break;
                case 8: await AmendAsync(key); break;
                case 13: await Server.PostAsync($"experiments/{key}/decide", """{"decision":"keep_control","reason":"It was enough."}"""); break;
                case 14: await ActAsync(key, "stop"); break;
            }

            await ReadAsync(key);
            if (step < 14) last = await SendAsync(key, step is < 8 and > 1 ? 80 : 200, step);
            await ReadAsync(key);

            // Sent again after it was read: no commit gets a number.
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (step == 9) await Server.RecordAsync($"experiments/{key}/exposures", last);
            _clock.Advance(step switch { 5 => TimeSpan.FromDays(3), 10 => TimeSpan.FromHours(20), _ => TimeSpan.FromMinutes(70 + step) });
            await RecorderAsync(key);
            await ReadAsync(key);
        }
    }

    /// <summary>The recorder goes round until nothing is due.</summary>
    private Task RecorderAsync(string key) => Wait.UntilAsync(async () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        var experiment = (await Server.Services.GetRequiredService<ExperimentDirectory>().FindAsync(key, Cancellation))!;
        var input = Server.Services.GetRequiredService<LiveReadouts>().Of(key, allPairs: false).Gather(experiment);
        return DueRecords.Of(experiment, input, _clock.GetUtcNow()).Records.Count == 0;
    });

    /// <summary>What the recorder does, now: unless it has done so already.</summary>
    private async Task RecordAsync(string key)
    {
        var services = Server.Services;
        await using (await services.GetRequiredService<IStorageEngine>().TakeTurnAsync(Cancellation))
        {
            var catalog = services.GetRequiredService<ICatalog>();
            var experiment = (await catalog.FindAsync(key, Cancellation))!;
            var due = DueRecords.Of(experiment, services.GetRequiredService<LiveReadouts>().Of(key, allPairs: false).Gather(experiment), _clock.GetUtcNow());
            if (due.Records.Count > 0) await catalog.AddRecordsAsync(due.Records, Cancellation);
        }

        services.GetRequiredService<ExperimentDirectory>().Forget(key);
    }

    private async Task ReadAsync(string key)
    {
        var text = await TextAsync($"experiments/{key}/live-stats");
        var readout = JsonElement.Parse(text);
        _read.Add((readout.GetProperty("watermark").GetInt64(), readout.GetProperty("as_of").GetString()!, text, (await Server.GetAsync($"experiments/{key}/moments")).GetProperty("moments").GetRawText()));
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await Server.Client.GetAsync($"/api/v1/{path}", Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private async Task<JsonElement> VerifyAsync(string key)
    {
        var (status, body) = await Server.PostAsync($"experiments/{key}/records/verify", "");
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body;
    }

    private async Task BeginAsync(string key)
    {
        var (status, body) = await Server.PostAsync("experiments", $$"""
            {
              "key": "{{key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ], "segments": [ { "attribute": "country", "values": [ "DE", "FR" ] } ] },
              "metrics": {
                "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5, "mde_pct": 16, "attribution_window_hours": 1,
                "more_primaries": [ { "name": "orders", "event": "purchase", "metric_type": "count", "direction": "increase", "baseline_value": 0.5, "std_dev": 0.5, "window_hours": 72 } ],
                "secondary": [ { "name": "revenue", "event": "purchase", "metric_type": "continuous", "direction": "increase", "baseline_value": 5, "std_dev": 20 } ],
                "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10, "baseline_value": 0.1 } ]
              }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        await Server.BeginAsync(key);
        _clock.Advance(TimeSpan.FromMinutes(5));
    }

    private async Task ActAsync(string key, string action)
    {
        var (status, body) = await Server.PostAsync($"experiments/{key}/{action}", "{}");
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    private async Task AmendAsync(string key, int looks = 2)
    {
        var design = JsonNode.Parse((await Server.GetAsync($"experiments/{key}")).GetProperty("design").GetRawText())!;
        design["constraints"] = new JsonObject { ["n_looks"] = looks };
        design["metrics"]!["guardrails"] = new JsonArray();
        var (status, body) = await Server.PostAsync($"experiments/{key}/amend", new JsonObject { ["reason"] = "Two looks will do.", ["design"] = design }.ToJsonString());
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    /// <summary>New units of both arms, some of whom convert at once, and late events of those before.</summary>
    private async Task<string> SendAsync(string key, int units, int step)
    {
        var first = _users;
        _users += units;
        var at = _clock.GetUtcNow().AddMinutes(-3).ToString("O", CultureInfo.InvariantCulture);
        var exposures = from i in Enumerable.Range(first, units) from arm in (int[])[0, 1] select $$"""{"user_id":"{{arm}}-{{i}}","variation_index":{{arm}},"occurred_at":"{{at}}","attributes":{"country":"{{(i % 3 == 0 ? "DE" : "US")}}"} }""";
        var body = $$"""{"exposures":[{{string.Join(',', exposures)}}]}""";
        await Server.RecordAsync($"experiments/{key}/exposures", body);
        var events = from i in Enumerable.Range(first, units)
                     from arm in (int[])[0, 1]
                     where (i % 10) < (arm == 0 ? 4 : 6)
                     select $$"""{"user_id":"{{arm}}-{{i}}","metric":"purchase","value":{{i % 7}}.3,"occurred_at":"{{at}}","idempotency_key":"{{arm}}-{{i}}"}""";
        await Server.RecordAsync($"experiments/{key}/conversions", $$"""{"conversions":[{{string.Join(',', events)}}]}""");
        if (step % 3 == 1) await Server.RecordAsync($"experiments/{key}/conversions", $$"""{"conversions":[{"user_id":"1-{{first / 2}}","metric":"refund","occurred_at":"{{at}}"},{"user_id":"never","metric":"purchase"}]}""");
        return body;
    }
}
