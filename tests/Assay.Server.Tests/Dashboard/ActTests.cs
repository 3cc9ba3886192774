using Assay.Server.Storage;
using Assay.Server.Tests.Access;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard;

public sealed class ActTests : IAsyncLifetime
{
    private readonly HostServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_experiment_goes_through_its_life_by_the_buttons_of_its_page()
    {
        await DraftAsync("life");
        foreach (var (buttons, act, status) in ((string[], string, string)[])
            [(["start", "delete"], "start", "running"), (["pause", "stop"], "pause", "paused"), (["resume", "stop"], "resume", "running"), (["pause", "stop"], "stop", "stopped"), (["archive"], "archive", "archived")])
        {
            Assert.Equal(buttons, await ButtonsAsync("life"));
            var done = await _server.SubmitAsync($"/experiments/life/{act}", []);
            Assert.Equal((303, $"/experiments/life?done={act}#acts"), (done.Status, done.Location));
            Assert.Equal(status, await StatusAsync("life"));
            var page = (await _server.OpenAsync($"/experiments/life?done={act}")).Page;
            Assert.NotNull(page.QuerySelector("#acts [role=status]"));
            Assert.Equal($"/experiments/life?done={act}", page.Body!.GetAttribute("data-page"));
        }

        Assert.Empty(await ButtonsAsync("life"));
        var actions = (await _server.GetAsync("/api/v1/audit?experiment=life")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("action").GetString());
        Assert.Equal(["archived", "stopped", "resumed", "paused", "started", "created"], actions);
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_asked_twice_without_a_script()
    {
        await _server.StartExperimentAsync("twice");
        var page = (await _server.OpenAsync("/experiments/twice")).Page;
        Assert.False(page.QuerySelector("details#stop")!.HasAttribute("open"));
        Assert.Equal("Yes, stop it", page.QuerySelector("details#stop form button")!.TextContent);
        Assert.Null(page.QuerySelector("form[action$='/pause']")!.Closest("details"));
    }

    [Fact]
    public async Task A_refused_act_is_told_in_a_sentence_and_changes_nothing()
    {
        await DraftAsync("refused");
        var (status, _, page) = await _server.SubmitAsync("/experiments/refused/pause", []);
        Assert.Equal(409, status);
        Assert.Contains("pause needs it to be running", page.QuerySelector("#acts [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/experiments/refused", page.Body!.GetAttribute("data-page"));
        Assert.Equal("draft", await StatusAsync("refused"));
        Assert.Equal(404, (await _server.SubmitAsync("/experiments/nowhere/pause", [])).Status);
    }

    [Fact]
    public async Task A_notice_that_is_no_longer_true_is_not_shown()
    {
        await DraftAsync("old");
        foreach (var done in (string[])["start", "nonsense"])
        {
            var page = (await _server.OpenAsync($"/experiments/old?done={done}")).Page;
            Assert.Null(page.QuerySelector("[role=status]"));
            Assert.Equal("/experiments/old", page.Body!.GetAttribute("data-page"));
        }
    }

    [Fact]
    public async Task A_decision_that_follows_the_verdict_is_kept_and_shown()
    {
        await _server.StartExperimentAsync("decided");
        var form = (await _server.OpenAsync("/experiments/decided")).Page.QuerySelector("#decide form")!;
        var sent = await _server.SubmitAsync("/experiments/decided/decide", form.Filled(("decision", "keep_running")));
        Assert.Equal(303, sent.Status);
        Assert.Contains("Decided: keep running.", (await _server.OpenAsync(sent.Location!)).Page.QuerySelector("#decided")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_differs_needs_a_reason_and_loses_nothing_that_was_typed()
    {
        await _server.StartExperimentAsync("differs");
        var form = (await _server.OpenAsync("/experiments/differs")).Page.QuerySelector("#decide form")!;
        var (status, _, page) = await _server.SubmitAsync("/experiments/differs/decide", form.Filled(("decision", "ship"), ("variation_index", "1")));
        Assert.Equal(422, status);
        var again = page.QuerySelector("#decide form")!;
        Assert.True(page.QuerySelector("#decide")!.HasAttribute("open"));
        Assert.Contains("The verdict is: keep running. A decision that differs says why.", again.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        var reason = again.QuerySelector("[name=reason]")!;
        Assert.Equal("true", reason.GetAttribute("aria-invalid"));
        Assert.Contains("says why", page.GetElementById(reason.GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent, StringComparison.Ordinal);
        Assert.Equal([("verdict", "keep_running"), ("decision", "ship"), ("variation_index", "1"), ("reason", "")], again.Filled());

        Assert.Equal(303, (await _server.SubmitAsync("/experiments/differs/decide", again.Filled(("reason", "The law\r\nasks <b>for it</b>.")))).Status);
        var kept = (await _server.GetAsync("/api/v1/experiments/differs/decisions")).Body.GetProperty("items")[0];
        Assert.Equal(("ship", "The law\nasks <b>for it</b>."), (kept.GetProperty("decision").GetString(), kept.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task What_is_stopped_waits_and_does_not_keep_running()
    {
        await _server.StartExperimentAsync("waits");
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/waits/exposures", """{ "exposures": [ { "user_id": "u1", "variation_index": 0 } ] }""")).Status);
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/waits/stop")).Status);
        var opened = (await _server.OpenAsync("/experiments/waits")).Page;
        Assert.Equal("… Wait", opened.QuerySelector("#verdict-title .pill")!.TextContent);
        var form = opened.QuerySelector("#decide form")!;
        var (status, _, page) = await _server.SubmitAsync("/experiments/waits/decide", form.Filled(("decision", "keep_control")));
        Assert.Equal(422, status);
        Assert.Contains("The verdict is: wait. A decision that differs says why.", page.QuerySelector("#decide [role=alert]")!.TextContent, StringComparison.Ordinal);
        (status, _, page) = await _server.SubmitAsync("/experiments/waits/decide", form.Filled(("decision", "ship"), ("verdict", "ship"), ("reason", "It won.")));
        Assert.Equal(409, status);
        Assert.Contains("when the verdict was: ship. By now it is: wait.", page.QuerySelector("#decide [role=alert]")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(303, (await _server.SubmitAsync("/experiments/waits/decide", form.Filled(("decision", "keep_control"), ("reason", "Enough.")))).Status);
        Assert.Contains("the verdict said: wait", (await _server.OpenAsync("/experiments/waits")).Page.QuerySelector("#decided")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("the verdict said: wait", (await _server.GetAsync("/api/v1/experiments/waits/report?format=markdown")).Text, StringComparison.Ordinal);
        Assert.Contains("the verdict said: wait.", (await _server.OpenAsync("/experiments/waits/audit")).Page.QuerySelector("#history")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_that_has_moved_on_is_told_and_nothing_is_kept()
    {
        await _server.StartExperimentAsync("moved");
        var form = (await _server.OpenAsync("/experiments/moved")).Page.QuerySelector("#decide form")!;
        var (status, _, page) = await _server.SubmitAsync("/experiments/moved/decide", form.Filled(("decision", "ship"), ("verdict", "ship"), ("reason", "It won.")));
        Assert.Equal(409, status);
        Assert.Contains("when the verdict was: ship. By now it is: keep running.", page.QuerySelector("#decide [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([("verdict", "keep_running"), ("decision", "ship"), ("variation_index", ""), ("reason", "It won.")], page.QuerySelector("#decide form")!.Filled());
        Assert.Empty((await _server.GetAsync("/api/v1/experiments/moved/decisions")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_refused_decision_calls_nothing_by_its_name_in_the_api()
    {
        await _server.StartExperimentAsync("worded");
        (string, string)[][] wrong =
        [
            [("decision", "")], [("decision", "ship")], [("decision", "ship"), ("variation_index", "7")], [("decision", "keep_control"), ("variation_index", "1")], [("decision", "keep_control")],
            [("decision", "investigate"), ("verdict", "stop_harm")], [("decision", "ship"), ("verdict", "won")], [("decision", "perhaps")],
        ];
        foreach (var typed in wrong)
        {
            var (status, _, page) = await _server.SubmitAsync("/experiments/worded/decide", typed);
            Assert.InRange(status, 409, 422);
            Assert.DoesNotMatch("[a-z]_[a-z]", page.QuerySelector("#decide")!.TextContent);
        }
    }

    [Fact]
    public async Task Who_archives_early_is_told_what_is_lost_and_loses_that()
    {
        await _server.StartExperimentAsync("early");
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/early/exposures", """{"exposures":[{"user_id":"u1","variation_index":0},{"user_id":"u2","variation_index":0}]}""")).Status);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(303, (await _server.SubmitAsync("/experiments/early/stop", [])).Status);
        var closes = (await _server.GetAsync("/api/v1/experiments/early")).Body.GetProperty("closes_at").GetDateTimeOffset();
        Assert.Contains($"The last windows close {Assay.Server.Dashboard.Figures.Time(closes)}.", await NoteAsync("early"), StringComparison.Ordinal);

        Assert.Equal(303, (await _server.SubmitAsync("/experiments/early/archive", [])).Status);
        Assert.Equal(409, (await _server.PostAsync("/api/v1/experiments/early/conversions", """{"conversions":[{"user_id":"u1","metric":"purchase"}]}""")).Status);
        Assert.Equal(200, (await _server.PostAsync("/api/v1/events", """{"events":[{"id":"e1","user_id":"u2","name":"purchase"}]}""")).Status);
        Assert.Equal(1, (await _server.GetAsync("/api/v1/experiments/early/live-stats")).Body.GetProperty("conversions_total").GetInt32());
        Assert.Equal(409, (await _server.PostAsync("/api/v1/experiments/early/decide", """{"decision":"investigate"}""")).Status);
    }

    [Fact]
    public async Task Once_the_last_windows_are_closed_archiving_loses_nothing()
    {
        await _server.StartExperimentAsync("late");
        Assert.Equal(303, (await _server.SubmitAsync("/experiments/late/stop", [])).Status);
        _server.Clock.Advance(TimeSpan.FromDays(5));
        Assert.DoesNotContain("last windows", await NoteAsync("late"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_sees_no_form_and_is_refused()
    {
        await _server.StartExperimentAsync("read");
        var read = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Read)}");
        var write = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Write)}");
        Assert.Empty((await _server.OpenAsync("/experiments/read", read)).Page.QuerySelectorAll("main form"));
        Assert.NotEmpty((await _server.OpenAsync("/experiments/read", write)).Page.QuerySelectorAll("main form"));

        var refused = await _server.SubmitAsync("/experiments/read/stop", [], read);
        Assert.Equal((403, "The key's scope does not allow this"), (refused.Status, refused.Page.QuerySelector("h1")!.TextContent));
        Assert.Equal(403, (await _server.SubmitAsync("/experiments/read/decide", [("decision", "keep_running")], read)).Status);
        Assert.Equal(401, (await _server.SubmitAsync("/experiments/read/stop", [])).Status);
        Assert.Equal(303, (await _server.SubmitAsync("/experiments/read/pause", [], write)).Status);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_of_another_site_is_refused(string header, string value)
    {
        await _server.StartExperimentAsync("forged");
        foreach (var act in (string[])["stop", "pause", "decide"])
            Assert.Equal(403, (await _server.SubmitAsync($"/experiments/forged/{act}", [("decision", "keep_running")], (header, value))).Status);
        Assert.Equal("running", await StatusAsync("forged"));
        Assert.Empty((await _server.GetAsync("/api/v1/experiments/forged/decisions")).Body.GetProperty("items").EnumerateArray());
    }

    private async Task<string> NoteAsync(string key) => (await _server.OpenAsync($"/experiments/{key}")).Page.QuerySelector("details#archive p")!.TextContent;

    private async Task DraftAsync(string key) => Assert.Equal(201, (await _server.PostAsync("/api/v1/experiments", DesignText.Minimal(key))).Status);

    private async Task<string?> StatusAsync(string key) => (await _server.GetAsync($"/api/v1/experiments/{key}")).Body.GetProperty("status").GetString();

    private async Task<IEnumerable<string>> ButtonsAsync(string key) => (await _server.OpenAsync($"/experiments/{key}")).Page
        .QuerySelectorAll("#acts form").Select(form => form.GetAttribute("action")!.Split('/')[^1]).Where(act => act != "decide");
}
