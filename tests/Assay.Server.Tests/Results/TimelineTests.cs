using System.Net;
using System.Text.Json;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

/// <summary>The course of a metric over HTTP, on the real store.</summary>
public sealed class TimelineTests
{
    private const string Course = "experiments/checkout/timeline";

    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 21, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Begin);

    [Theory]
    [InlineData(null)]
    [InlineData("purchase")]
    [InlineData("revenue")]
    [InlineData("refund")]
    public async Task The_last_point_is_live_stats_to_the_letter(string? metric)
    {
        _time.SetUtcNow(Samples.Arrival);
        await using var server = await StartAsync(Samples.Start);
        await History.SendAsync(server, History.Of(units: 300));
        var course = await server.GetAsync(metric is null ? Course : $"{Course}?metric={metric}");
        var live = await server.GetAsync("experiments/checkout/live-stats");
        var block = metric switch
        {
            "revenue" => live.GetProperty("secondary")[0],
            "refund" => live.GetProperty("guardrails").GetProperty("metrics")[0],
            _ => live,
        };
        Assert.Equal((metric ?? "purchase", live.GetProperty("as_of").GetRawText()), (course.GetProperty("metric").GetString(), course.GetProperty("as_of").GetRawText()));
        Assert.Equal(live.GetProperty("watermark").GetInt64(), course.GetProperty("watermark").GetInt64());
        var points = course.GetProperty("points").EnumerateArray().ToList();
        Assert.True(points.Count > 2);
        Assert.Equal(course.GetProperty("as_of").GetRawText(), points[^1].GetProperty("at").GetRawText());
        Assert.True(Completed(points[^1]) > Completed(points[0]));
        AssertSame(block.GetProperty("comparisons"), points[^1]);
    }

    [Fact]
    public async Task Every_point_is_what_live_stats_said_at_its_moment()
    {
        await using var server = await StartAsync(Begin.AddHours(-1));
        var said = new Dictionary<DateTimeOffset, JsonElement>();
        for (var unit = 0; _time.GetUtcNow() < Begin.AddHours(75); unit += 40)
        {
            await server.RecordAsync("experiments/checkout/exposures", History.Exposures(unit, 40, at: null));
            var converted = Enumerable.Range(unit, 40).Where(user => user % 5 == 0 || user % 7 == 1);
            await server.RecordAsync("experiments/checkout/conversions", $$"""{"conversions":[{{string.Join(',', converted.Select(user => $$"""{"user_id":"u{{user}}","metric":"purchase","value":{{user % 11}}.3,"idempotency_key":"{{user}}"}"""))}}]}""");
            for (var hour = 0; hour < 3; hour++)
            {
                _time.Advance(TimeSpan.FromHours(1));
                said[_time.GetUtcNow()] = (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("comparisons");
            }
        }

        var points = (await server.GetAsync(Course)).GetProperty("points").EnumerateArray().ToList();
        Assert.All(points, point => AssertSame(said[At(point)], point));
        var now = _time.GetUtcNow();
        Assert.Equal(now, At(points[^1]));
        var merged = new DateTimeOffset(now.AddDays(-2).UtcDateTime.Date, TimeSpan.Zero);
        Assert.All(points.Where(point => At(point) <= merged), point => Assert.Equal(0, At(point).Hour));
        Assert.Contains(points, point => At(point) == merged);
        Assert.Contains(points, point => At(point).Hour is > 0 and < 23);
    }

    [Fact]
    public async Task Who_has_the_answer_is_told_so_until_units_complete_or_hours_become_days()
    {
        await using var server = await StartAsync(Begin.AddHours(-1));
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(0, 10, at: null));
        Assert.Equal(0, (await server.GetAsync(Course)).GetProperty("points").GetArrayLength());
        var empty = await TagAsync(server, null);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await TagAsync(server, empty));
        _time.Advance(TimeSpan.FromHours(2));
        var first = await TagAsync(server, empty);
        Assert.NotNull(first);
        var before = await server.GetAsync(Course);
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(await TagAsync(server, first));
        var after = await server.GetAsync(Course);
        Assert.Equal(_time.GetUtcNow(), At(after.GetProperty("points")[1]));
        Assert.Equal(before.GetProperty("points")[0].GetRawText(), after.GetProperty("points")[0].GetRawText());

        _time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
        var hours = await TagAsync(server, first);
        _time.SetUtcNow(new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero));
        Assert.NotNull(await TagAsync(server, hours));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), At((await server.GetAsync(Course)).GetProperty("points")[0]));
        var days = await TagAsync(server, null);
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(10, 1, at: null));
        Assert.NotNull(await TagAsync(server, days));
    }

    [Fact]
    public async Task Unknown_experiments_metrics_and_parameters_are_problems_and_a_draft_has_no_course_yet()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync("draft");
        Assert.Equal((HttpStatusCode.NotFound, "unknown_experiment"), await ProblemAsync(server, "nowhere/timeline?metric=purchase"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_query"), await ProblemAsync(server, "draft/timeline?metric=Purchase"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_query"), await ProblemAsync(server, "draft/timeline?metric="));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_query"), await ProblemAsync(server, "draft/timeline?name=purchase"));
        var course = await server.GetAsync("experiments/draft/timeline?metric=revenue");
        Assert.Equal(("draft", "revenue", 0), (course.GetProperty("status").GetString(), course.GetProperty("metric").GetString(), course.GetProperty("points").GetArrayLength()));
    }

    private Task<RunningServer> StartAsync(DateTimeOffset startedAt) => RunningServer.StartWithExperimentAsync(startedAt, services => services.AddSingleton<TimeProvider>(_time));

    private static void AssertSame(JsonElement comparisons, JsonElement point)
    {
        foreach (var (live, told) in comparisons.EnumerateArray().Zip(point.GetProperty("comparisons").EnumerateArray()))
        {
            Assert.Equal(live.GetProperty("always_valid").GetRawText(), told.GetProperty("always_valid").GetRawText());
            Assert.Equal(live.GetProperty("decision").GetRawText(), told.GetProperty("decision").GetRawText());
            Assert.Equal(live.GetProperty("completed").GetProperty("effect").GetRawText(), told.GetProperty("effect").GetRawText());
            Assert.Equal(live.GetProperty("completed").GetProperty("control").GetRawText(), point.GetProperty("completed_arms")[0].GetRawText());
            Assert.Equal(live.GetProperty("completed").GetProperty("treatment").GetRawText(), point.GetProperty("completed_arms")[1].GetRawText());
        }
    }

    private static DateTimeOffset At(JsonElement point) => point.GetProperty("at").GetDateTimeOffset();

    private static long Completed(JsonElement point) => point.GetProperty("completed_arms").EnumerateArray().Sum(arm => arm.GetProperty("exposed_users").GetInt64());

    /// <summary>The tag of a new answer; null where the known one stands.</summary>
    private static async Task<string?> TagAsync(RunningServer server, string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{Course}");
        if (known is not null) Assert.True(request.Headers.TryAddWithoutValidation("If-None-Match", known));
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode == HttpStatusCode.NotModified ? null : response.Headers.ETag!.ToString();
    }

    private static async Task<(HttpStatusCode Status, string Code)> ProblemAsync(RunningServer server, string path)
    {
        using var response = await server.Client.GetAsync($"/api/v1/experiments/{path}");
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("code").GetString()!);
    }
}
