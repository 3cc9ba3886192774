using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Results.Recording;

/// <summary>What is recorded when the clock, an amendment or a second reader of one moment get in between.</summary>
public sealed class RecorderTests : IAsyncLifetime
{
    private const string Experiments = "/api/v1/experiments";
    private readonly HostServer _server = new();
    private DateTimeOffset _exposedAt;

    private ICatalog Catalog => _server.Services.GetRequiredService<ICatalog>();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_record_from_before_a_clock_was_set_back_is_not_taken_for_the_newest()
    {
        await _server.StartExperimentAsync("clock");
        var experiment = (await Catalog.FindAsync("clock", CancellationToken.None))!;
        await AddAsync(experiment, 1, "ship", _server.Clock.GetUtcNow());
        await AddAsync(experiment, 2, "investigate", _server.Clock.GetUtcNow().AddHours(-1));
        var recorded = (await Catalog.FindAsync("clock", CancellationToken.None))!.Recorded;
        Assert.Equal((2, "Investigate"), (recorded.Verdicts, recorded.Verdict!.Status.ToString()));
        Assert.Equal(["2", "1"], (await Catalog.ListRecordsAsync("clock", RecordKind.Verdict, CancellationToken.None)).Select(row => row.Name));
    }

    [Fact]
    public async Task A_verdict_of_a_number_that_is_taken_is_not_stored_whatever_the_iteration()
    {
        await _server.StartExperimentAsync("numbers");
        var experiment = (await Catalog.FindAsync("numbers", CancellationToken.None))!;
        Assert.Equal(1, await AddAsync(experiment, 1, "ship", _server.Clock.GetUtcNow()));
        Assert.Equal(0, await AddAsync(experiment, 1, "investigate", _server.Clock.GetUtcNow()));
        Assert.Equal(0, await AddAsync(experiment with { Iteration = 2 }, 2, "investigate", _server.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task What_is_due_and_not_stored_is_served_to_nobody()
    {
        await BeginAsync("due", looks: 2);
        await SendAsync("due", units: 360);
        var experiment = (await Catalog.FindAsync("due", CancellationToken.None))! with { Recorded = Recorded.Nothing };
        var live = new LiveReadout(_server.Services.GetRequiredService<IEventStore>(), _server.Clock, allPairs: false);
        var before = live.Read(experiment);
        var due = DueRecords.Of(experiment, live.Gather(experiment), _server.Clock.GetUtcNow());
        Assert.Equal("look", Assert.Single(due.Records).Row.Kind);
        Assert.Single(due.Readout.Sequential.Looks);
        Assert.Empty(before.Readout.Sequential.Looks);
        Assert.Same(before, live.Read(experiment));

        // Another process may have recorded another look meanwhile: that one is told.
        var other = due.Input.Looks[0] with { Z = 1.5 };
        Assert.Equal(1.5, live.Read(experiment with { Recorded = Recorded.Nothing with { Looks = [other] } }).Readout.Sequential.Looks[0].Z);
    }

    [Fact]
    public async Task An_amendment_first_records_what_was_due()
    {
        await BeginAsync("hasty", looks: 2);
        await SendAsync("hasty", units: 360);

        // No round of the recorder comes between: its clock stands still.
        var design = JsonNode.Parse((await _server.GetAsync($"{Experiments}/hasty")).Body.GetProperty("design").GetRawText())!;
        design["metrics"]!["mde_pct"] = 20;
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/hasty/amend", new JsonObject { ["reason"] = "Too small.", ["design"] = design }.ToJsonString())).Status);
        var kept = (await _server.GetAsync($"{Experiments}/hasty/iterations/1")).Body.GetProperty("readout");
        Assert.Equal(1, kept.GetProperty("sequential").GetProperty("looks").GetArrayLength());
        Assert.Equal("ok", kept.GetProperty("comparisons")[0].GetProperty("decision").GetProperty("status").GetString());
        Assert.Single(await Catalog.ListRecordsAsync("hasty", RecordKind.Look, CancellationToken.None));
        Assert.Empty((await Catalog.FindAsync("hasty", CancellationToken.None))!.Recorded.Looks);
        Assert.Equal(["amended", "look_taken", "started", "created"], await ActionsAsync("hasty"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("purchase_value")]
    public async Task A_decision_first_records_the_look_that_it_rests_on(string? continuous)
    {
        var metric = continuous is null
            ? "\"primary_metric_name\": \"purchase\", \"metric_type\": \"binary\", \"baseline_value\": 0.5"
            : $"\"primary_metric_name\": \"{continuous}\", \"event\": \"purchase\", \"metric_type\": \"continuous\", \"direction\": \"increase\", \"baseline_value\": 5, \"std_dev\": 5";
        await BeginAsync("opened", metric, "\"analysis\": \"fixed_horizon\"");
        await SendAsync("opened", units: 800);
        Assert.Empty(await Catalog.ListRecordsAsync("opened", RecordKind.Look, CancellationToken.None));

        // No round of the recorder comes between: its clock stands still.
        var decided = await _server.PostAsync($"{Experiments}/opened/decide", """{"decision":"keep_control","reason":"Nothing to see."}""");
        Assert.Equal(200, decided.Status);
        Assert.Single(await Catalog.ListRecordsAsync("opened", RecordKind.Look, CancellationToken.None));
        var live = (await _server.GetAsync($"{Experiments}/opened/live-stats")).Body;
        Assert.Equal("ok", live.GetProperty("comparisons")[0].GetProperty("decision").GetProperty("status").GetString());
        Assert.True(JsonElement.DeepEquals(live.GetProperty("verdict"), decided.Body.GetProperty("verdict")));
        Assert.Equal("decided", (await ActionsAsync("opened"))[0]);
        Assert.Contains("look_taken", await ActionsAsync("opened"));
        var verified = (await _server.PostAsync($"{Experiments}/opened/records/verify")).Body;
        Assert.True(verified.GetProperty("equal").GetBoolean(), verified.ToString());
        Assert.Superset(new HashSet<string?> { "look", "decision" }, verified.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("kind").GetString()).ToHashSet());
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("archived")]
    public async Task What_came_due_while_no_server_was_up_is_recorded_however_long_ago_it_closed(string status)
    {
        await BeginAsync("away", """ "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5 """, "\"analysis\": \"fixed_horizon\"");
        _exposedAt = _server.Clock.GetUtcNow();
        await SendAsync("away", units: 800);
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/away/stop")).Status);
        if (status == "archived") Assert.Equal(200, (await _server.PostAsync($"{Experiments}/away/archive")).Status);
        await _server.RestartAsync(away: TimeSpan.FromDays(10));
        await Wait.UntilAsync(async () =>
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await Catalog.ListRecordsAsync("away", RecordKind.Verdict, CancellationToken.None)).Length > 0;
        });
        Assert.Single(await Catalog.ListRecordsAsync("away", RecordKind.Look, CancellationToken.None));
        Assert.Equal(["look_taken", "verdict_changed"], (await ActionsAsync("away")).Take(2).Order(StringComparer.Ordinal));
        var verified = (await _server.PostAsync($"{Experiments}/away/records/verify")).Body;
        Assert.True(verified.GetProperty("equal").GetBoolean(), verified.ToString());

        // Of what is recorded no start asks again.
        Assert.Empty(await Catalog.ListUnsettledAsync(_server.Clock.GetUtcNow(), CancellationToken.None));
    }

    private async Task<List<string?>> ActionsAsync(string key) =>
        [.. (await _server.GetAsync($"/api/v1/audit?experiment={key}")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString())];

    private async Task<int> AddAsync(Experiment experiment, int number, string status, DateTimeOffset at)
    {
        var row = new RecordRow
        {
            Experiment = experiment.Key,
            Iteration = experiment.Iteration,
            Kind = "verdict",
            Name = number.ToString(CultureInfo.InvariantCulture),
            At = Microseconds.Of(at),
            AsOf = Microseconds.Of(at),
            Watermark = 1,
            Content = JsonSerializer.Serialize(new { status, recommended_index = (int?)null }),
        };
        return await Catalog.AddRecordsAsync([(row, new AuditEntry(at, "assay", "verdict_changed", experiment.Key, "{}"))], CancellationToken.None);
    }

    private Task BeginAsync(string key, int looks) => BeginAsync(key, """
        "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5
        """, $"\"n_looks\": {looks}");

    private async Task BeginAsync(string key, string metric, string constraints)
    {
        var design = $$"""
            {
              "key": "{{key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
              "metrics": { {{metric}}, "mde_pct": 16, "attribution_window_hours": 1 },
              "constraints": { {{constraints}} }
            }
            """;
        Assert.Equal(201, (await _server.PostAsync(Experiments, design)).Status);
        _exposedAt = _server.Clock.GetUtcNow().AddHours(-5);
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/start", $$"""{"started_at":"{{Text(_exposedAt.AddHours(-1))}}"}""")).Status);
    }

    private async Task SendAsync(string key, int units)
    {
        var conversions = string.Join(",", from arm in (int[])[0, 1] from i in Enumerable.Range(0, units / 2) select $$"""{"user_id":"{{arm}}-{{i}}","metric":"purchase","value":{{4 + (i % 7)}},"occurred_at":"{{Text(_exposedAt)}}"}""");
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/conversions", $$"""{"conversions":[{{conversions}}]}""")).Status);
        var exposures = string.Join(",", from arm in (int[])[0, 1] from i in Enumerable.Range(0, units) select $$"""{"user_id":"{{arm}}-{{i}}","variation_index":{{arm}},"occurred_at":"{{Text(_exposedAt)}}"}""");
        Assert.Equal(200, (await _server.PostAsync($"{Experiments}/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""")).Status);
    }

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
