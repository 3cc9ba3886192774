using System.Text.Json.Nodes;
using Assay.Server.Dashboard.Past;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;
using Assay.Server.Tests.Access;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard.Past;

public sealed class AuditPageTests : IAsyncLifetime
{
    private const string Api = "/api/v1/experiments/told";

    private readonly HostServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task All_that_happened_is_one_history_with_its_reasons_and_links()
    {
        await _server.StartExperimentAsync("told");
        await ActAsync("pause");
        await ActAsync("resume");
        var design = JsonNode.Parse((await _server.GetAsync(Api)).Body.GetProperty("design").GetRawText())!;
        design["metrics"]!["mde_pct"] = 12;
        await ActAsync("amend", new JsonObject { ["reason"] = "The <b>baseline</b> was guessed.", ["design"] = design }.ToJsonString());
        await ActAsync("decide", """{"decision":"keep_control","reason":"The law\nasks for it."}""");
        await ActAsync("stop");

        var page = (await _server.OpenAsync("/experiments/told/audit")).Page;
        var entries = page.QuerySelectorAll("#history li").ToList();
        Assert.Equal(
            ["Stopped.", "Decided: stay with the control; the verdict said: keep running.", "Amended: iteration 2 began.", "Resumed.", "Paused.", "Started.", "Created as a draft."],
            entries.Select(entry => entry.QuerySelector("strong")!.TextContent));
        Assert.Equal(["The law\nasks for it.", "The <b>baseline</b> was guessed."], page.QuerySelectorAll("#history blockquote").Select(reason => reason.TextContent));
        Assert.Equal([$"{Api}/decisions/1", $"{Api}/iterations/1"], page.QuerySelectorAll("#history a").Select(link => link.GetAttribute("href")));
        foreach (var link in page.QuerySelectorAll("#history a")) Assert.Equal(200, (await _server.GetAsync(link.GetAttribute("href")!)).Status);
        Assert.All(entries, entry => Assert.Contains("by anyone (no keys)", entry.TextContent, StringComparison.Ordinal));
        Assert.Equal(entries.Select(entry => entry.Id).Distinct(StringComparer.Ordinal), entries.Select(entry => entry.Id));
        Assert.Equal("✓ Whole", page.QuerySelector("#chain .pill.good")!.TextContent);
        var head = (await _server.GetAsync("/api/v1/audit?limit=1")).Body.GetProperty("items")[0].GetProperty("hash").GetString();
        Assert.Equal($"assay audit verify --head {head}", page.QuerySelector("#chain code")!.TextContent);
        Assert.Equal($"{Api}/live-stats/stream", page.Body!.GetAttribute("data-stream"));
    }

    [Fact]
    public async Task A_long_history_is_read_a_page_at_a_time_without_a_gap()
    {
        await _server.StartExperimentAsync("told");
        for (var i = 0; i < 30; i++)
        {
            await ActAsync("pause");
            await ActAsync("resume");
        }

        var first = (await _server.OpenAsync("/experiments/told/audit")).Page;
        Assert.Equal(ShowAudit.PageLength, first.QuerySelectorAll("#history li").Length);
        var older = Assert.Single(first.QuerySelectorAll(".pages a"));
        var second = (await _server.OpenAsync(older.GetAttribute("href")!)).Page;
        Assert.Equal(62 - ShowAudit.PageLength, second.QuerySelectorAll("#history li").Length);
        Assert.Null(second.Body!.GetAttribute("data-stream"));
        Assert.Equal("/experiments/told/audit", Assert.Single(second.QuerySelectorAll(".pages a")).GetAttribute("href"));
        var numbers = first.QuerySelectorAll("#history li").Concat(second.QuerySelectorAll("#history li")).Select(entry => entry.Id!).ToList();
        var all = (await _server.GetAsync("/api/v1/audit?experiment=told&limit=200")).Body.GetProperty("items").EnumerateArray().Select(item => $"entry-{item.GetProperty("number").GetInt64()}");
        Assert.Equal(all, numbers);
    }

    [Fact]
    public async Task What_is_not_there_is_told_and_who_has_no_key_is_asked_for_one()
    {
        await _server.StartExperimentAsync("told");
        Assert.Equal(404, (await _server.OpenAsync("/experiments/nowhere/audit")).Status);
        Assert.Equal(400, (await _server.OpenAsync("/experiments/told/audit?before=x")).Status);
        Assert.Contains("No entry", (await _server.OpenAsync("/experiments/told/audit?before=1")).Page.QuerySelector("#history")!.TextContent, StringComparison.Ordinal);
        var read = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Read)}");
        Assert.Equal(200, (await _server.OpenAsync("/experiments/told/audit", read)).Status);
        Assert.NotEqual(200, (await _server.OpenAsync("/experiments/told/audit")).Status);
    }

    [Fact]
    public void A_chain_is_followed_to_the_first_entry_that_does_not_fit()
    {
        AuditRow[] rows = new AuditRow[6];
        var head = AuditChain.Start;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = new AuditRow { Number = i + 1, At = i * 1000, Actor = "open", Action = "paused", Experiment = "told", Detail = "{}" };
            rows[i] = row with { Hash = head = AuditChain.Next(head, row.ToEntry()) };
        }

        Assert.Equal(new ChainState(5, null, head), ChainState.Of([.. rows.Reverse()]));
        Assert.Equal(new ChainState(0, null, null), ChainState.Of([]));
        rows[2] = rows[2] with { Actor = "somebody" };
        Assert.Equal(new ChainState(3, 3, head), ChainState.Of([.. rows.Reverse()]));
        rows[2] = rows[2] with { Hash = null };
        Assert.Equal(new ChainState(2, null, head), ChainState.Of([.. rows.Reverse()]));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"number":"1","iteration":null,"units":7}""")]
    public void A_detail_that_somebody_has_changed_says_nothing(string detail) => Assert.Equal(new HistoryDetail(), HistoryDetail.Of(detail));

    private async Task ActAsync(string act, string? body = null)
    {
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await _server.PostAsync($"{Api}/{act}", body)).Status);
    }
}
