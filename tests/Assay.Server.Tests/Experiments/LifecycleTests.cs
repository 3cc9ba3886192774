using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

public sealed class LifecycleTests(HostServer server) : IClassFixture<HostServer>
{
    private const string List = "/api/v1/experiments";

    [Fact]
    public async Task An_experiment_runs_pauses_resumes_stops_and_is_put_away_and_the_audit_tells_it_all()
    {
        await server.PostAsync(List, DesignText.Minimal("whole"));
        foreach (var (action, status) in ((string, string)[])[("start", "running"), ("pause", "paused"), ("resume", "running"), ("stop", "stopped"), ("archive", "archived")])
        {
            var answer = await server.PostAsync($"{List}/whole/{action}");
            Assert.Equal((200, status), (answer.Status, answer.Body.GetProperty("status").GetString()));
            Assert.Equal(answer.Text, (await server.GetAsync($"{List}/whole")).Text);
        }

        var audit = await server.Services.GetRequiredService<ICatalog>().AuditAsync("whole", TestContext.Current.CancellationToken);
        Assert.Equal(["created", "started", "paused", "resumed", "stopped", "archived"], audit.Select(entry => entry.Action));
        Assert.Equal([1, 2, 3, 4, 5, 6], audit.Select(entry => JsonElement.Parse(entry.Detail).GetProperty("version").GetInt32()));
    }

    public static TheoryData<string, string> IllegalSteps
    {
        get
        {
            var legal = new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["draft"] = ["start"],
                ["running"] = ["pause", "stop"],
                ["paused"] = ["resume", "stop"],
                ["stopped"] = ["archive"],
                ["archived"] = [],
            };
            var data = new TheoryData<string, string>();
            foreach (var (status, actions) in legal)
            {
                foreach (var action in (string[])["start", "pause", "resume", "stop", "archive"])
                    if (!actions.Contains(action, StringComparer.Ordinal)) data.Add(status, action);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(IllegalSteps))]
    public async Task A_step_that_the_status_does_not_allow_changes_nothing(string status, string action)
    {
        var key = $"{status}-{action}";
        await BringAsync(key, status);
        var before = (await server.GetAsync($"{List}/{key}")).Text;
        (await server.PostAsync($"{List}/{key}/{action}")).IsProblem(409, "illegal_transition");
        Assert.Equal(before, (await server.GetAsync($"{List}/{key}")).Text);
    }

    [Fact]
    public async Task A_start_opens_the_view_in_the_event_store()
    {
        await server.PostAsync(List, DesignText.Minimal("viewed"));
        var store = server.Services.GetRequiredService<IEventStore>();
        Assert.Null(store.Read("viewed"));
        await server.PostAsync($"{List}/viewed/start");
        Assert.NotNull(store.Read("viewed"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    [InlineData("""{"started_at":null}""")]
    public async Task A_start_without_a_time_is_now(string? body)
    {
        var key = $"now-{body?.Length ?? 0}";
        await server.PostAsync(List, DesignText.Minimal(key));
        var answer = await server.PostAsync($"{List}/{key}/start", body);
        Assert.Equal(server.Clock.GetUtcNow(), answer.Body.GetProperty("started_at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("2026-02-09T10:30:00Z", "2026-02-09T10:30:00Z")]
    [InlineData("1999-12-31T23:59:59.123456-01:00", "2000-01-01T00:59:59.123456Z")]
    public async Task A_start_may_lie_in_the_past(string startedAt, string kept)
    {
        var key = $"past-{startedAt[..4]}";
        await server.PostAsync(List, DesignText.Minimal(key));
        var answer = await server.PostAsync($"{List}/{key}/start", $$"""{"started_at":"{{startedAt}}"}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(DateTimeOffset.Parse(kept, null), answer.Body.GetProperty("started_at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("""{"started_at":"2026-03-02T10:30:00.000001Z"}""", "in_the_future")]
    [InlineData("""{"started_at":"9999-12-31T23:59:59Z"}""", "in_the_future")]
    [InlineData("""{"started_at":"2026-02-09"}""", "invalid_value")]
    [InlineData("""{"started_at":"2026-02-09T10:30:00"}""", "invalid_value")]
    [InlineData("""{"started_at":"0001-01-01T00:00:00+14:00"}""", "invalid_value")]
    [InlineData("""{"started_at":"\ud800"}""", "invalid_value")]
    [InlineData("""{"started_at":12}""", "invalid_value")]
    public async Task A_start_in_the_future_or_at_no_time_is_refused(string body, string code)
    {
        await server.PostAsync(List, DesignText.Minimal("refused"));
        var answer = (await server.PostAsync($"{List}/refused/start", body)).IsProblem(422, "invalid_body");
        Assert.Equal(["/started_at"], answer.Pointers);
        Assert.Equal(code, answer.Body.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal("draft", (await server.GetAsync($"{List}/refused")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_stop_closes_after_the_longest_window_and_an_hour_at_a_full_hour()
    {
        await server.StartExperimentAsync("closing");
        var answer = await server.PostAsync($"{List}/closing/stop");
        var stopped = answer.Body.GetProperty("stopped_at").GetDateTimeOffset();
        Assert.Equal(server.Clock.GetUtcNow(), stopped);
        var earliest = stopped.AddHours(72 + 1);
        var closes = answer.Body.GetProperty("closes_at").GetDateTimeOffset();
        Assert.Equal(0, closes.Ticks % TimeSpan.TicksPerHour);
        Assert.InRange(closes, earliest, earliest.AddHours(1));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("stop")]
    [InlineData("archive")]
    public async Task Every_action_honours_If_Match_and_refuses_what_it_does_not_know(string action)
    {
        var key = $"strict-{action}";
        await BringAsync(key, action switch { "start" => "draft", "resume" => "paused", "archive" => "stopped", _ => "running" });
        (await server.PostAsync($"{List}/{key}/{action}", """{"a~/b":1}""")).IsProblem(422, "invalid_body");
        (await server.PostAsync($"{List}/{key}/{action}", "[1]")).IsProblem(400, "invalid_json");
        (await server.PostAsync($"{List}/{key}/{action}", null, ("If-Match", "\"v0\""))).IsProblem(412, "version_mismatch");
        (await server.PostAsync($"{List}/nobody/{action}")).IsProblem(404, "unknown_experiment");
        var tag = (await server.GetAsync($"{List}/{key}")).ETag;
        Assert.Equal(200, (await server.PostAsync($"{List}/{key}/{action}", null, ("If-Match", tag))).Status);
    }

    [Fact]
    public async Task Of_many_who_start_one_draft_one_does()
    {
        await server.PostAsync(List, DesignText.Minimal("started-once"));
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(day => server.PostAsync($"{List}/started-once/start", $$"""{"started_at":"2026-02-0{{day}}T00:00:00Z"}""")));
        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(7, answers.Count(answer => answer.Code == "illegal_transition"));
        Assert.Equal(winner.Text, (await server.GetAsync($"{List}/started-once")).Text);
    }

    private async Task BringAsync(string key, string status)
    {
        await server.PostAsync(List, DesignText.Minimal(key));
        string[] steps = status switch
        {
            "running" => ["start"],
            "paused" => ["start", "pause"],
            "stopped" => ["start", "stop"],
            "archived" => ["start", "stop", "archive"],
            _ => [],
        };
        foreach (var step in steps) Assert.Equal(200, (await server.PostAsync($"{List}/{key}/{step}")).Status);
    }
}
