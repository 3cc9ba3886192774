using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Access;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard.Amending;

public sealed class AmendPageTests : IAsyncLifetime
{
    private const string Address = "/experiments/rich/amend";

    private readonly HostServer _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        Assert.Equal(201, (await _server.PostAsync("/api/v1/experiments", DesignText.Rich)).Status);
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/rich/start")).Status);
        _server.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_form_is_the_plan_that_runs_without_what_an_amendment_leaves()
    {
        var page = (await _server.OpenAsync(Address)).Page;
        var fields = page.QuerySelector("#plan")!.Filled().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        Assert.Equal(("orders", "48", "5", "fixed_horizon", ""), (fields["metrics/primary_metric_name"], fields["metrics/attribution_window_hours"], fields["metrics/mde_pct"], fields["constraints/analysis"], fields["reason"]));
        Assert.DoesNotContain(fields.Keys, name => name is "key" or "setup/unit" or "setup/traffic_allocation" or "setup/holdout_fraction" || name.StartsWith("setup/variations", StringComparison.Ordinal) || name.StartsWith("setup/traffic_split", StringComparison.Ordinal));
        var costs = page.QuerySelectorAll("#costs li").Select(item => item.TextContent).ToList();
        Assert.Contains("Iteration 2 begins with a fresh error rate", costs[0], StringComparison.Ordinal);
        Assert.Contains("the 0 exposed so far", costs[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amendment_changes_what_was_typed_and_nothing_else_and_the_page_is_of_iteration_2()
    {
        var before = await DesignAsync();
        var (status, location, _) = await SubmitAsync(("reason", "Orders are\r\nworth more."), ("metrics/mde_pct", "7"), ("show", "amend"));
        Assert.Equal((303, "/experiments/rich?done=amend#acts"), (status, location));
        Assert.Equal(before.GetRawText().Replace("\"mde_pct\":5", "\"mde_pct\":7", StringComparison.Ordinal), (await DesignAsync()).GetRawText());
        var page = (await _server.OpenAsync(location!)).Page;
        Assert.Contains("a new iteration has begun", page.QuerySelector("#acts [role=status]")!.TextContent, StringComparison.Ordinal);
        var note = page.QuerySelector("#amended")!;
        var told = string.Join(' ', note.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Iteration 2 since ", told, StringComparison.Ordinal);
        Assert.Contains(" UTC: Orders are worth more. ", told, StringComparison.Ordinal);
        Assert.Equal(["/experiments/rich/audit", "/api/v1/experiments/rich/iterations/1"], note.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Orders are\nworth more.", (await _server.GetAsync("/api/v1/experiments/rich/iterations/1")).Body.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_nothing_that_was_typed_is_lost()
    {
        (string, string)[] typed = [("metrics/alpha", "2"), ("metrics/baseline_value", "0,5"), ("more/2/window_hours", "x"), ("show", "amend")];
        var sent = (await FilledAsync(typed)).ToList();
        var (status, _, page) = await _server.SubmitAsync(Address, sent);
        Assert.Equal(422, status);
        Assert.Equal(["reason", "more/2/window_hours", "metrics/baseline_value", "metrics/alpha"], page.QuerySelectorAll("[aria-invalid=true]").Select(field => field.GetAttribute("name")));
        Assert.All(page.QuerySelectorAll("#wrong li a"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        var again = page.QuerySelector("#plan")!.Filled().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        Assert.All(sent.Where(field => field.Name != "show"), field => Assert.Equal(field.Value, again[field.Name]));
        Assert.Equal(1, await IterationAsync());
    }

    [Fact]
    public async Task The_plan_that_runs_is_no_amendment_and_what_is_fixed_stays_whatever_is_sent()
    {
        var (status, _, page) = await SubmitAsync(("reason", "Nothing."), ("show", "amend"));
        Assert.Equal((422, "This is the design that runs."), (status, page.QuerySelector("#wrong li")!.TextContent.Trim()));
        var forged = (await FilledAsync(("reason", "More of it."), ("metrics/mde_pct", "9"), ("show", "amend")))
            .Concat([("setup/traffic_allocation", "1"), ("setup/variations/0/key", "other"), ("setup/traffic_split/0", "9"), ("key", "another"), ("from", "another")]);
        Assert.Equal(303, (await _server.SubmitAsync(Address, forged)).Status);
        var setup = (await DesignAsync()).GetProperty("setup");
        Assert.Equal((0.5, "a"), (setup.GetProperty("traffic_allocation").GetDouble(), setup.GetProperty("variations")[0].GetProperty("key").GetString()));
    }

    [Fact]
    public async Task It_is_priced_without_being_kept_as_the_planner_prices_it()
    {
        var (status, _, page) = await SubmitAsync(("metrics/mde_pct", "11"), ("show", "price"));
        Assert.Equal(200, status);
        Assert.NotNull(page.QuerySelector("#sizing dd"));
        Assert.Contains("units in", page.QuerySelector("#takes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(422, (await SubmitAsync(("metrics/mde_pct", "-1"), ("show", "price"))).Status);
        Assert.Equal(1, await IterationAsync());
    }

    [Fact]
    public async Task Another_change_in_between_is_told_and_not_undone()
    {
        var sent = (await FilledAsync(("reason", "Late."), ("metrics/mde_pct", "12"), ("show", "amend"))).ToList();
        Assert.Equal(303, (await SubmitAsync(("reason", "First."), ("metrics/mde_pct", "8"), ("show", "amend"))).Status);
        var (status, _, page) = await _server.SubmitAsync(Address, sent);
        Assert.Equal(412, status);
        Assert.Contains("has changed since this form was opened", page.QuerySelector("#wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Late.", page.QuerySelector("[name=reason]")!.TextContent);
        Assert.Equal((2, 8), (await IterationAsync(), (await DesignAsync()).GetProperty("metrics").GetProperty("mde_pct").GetDouble()));
    }

    [Fact]
    public async Task What_is_not_running_has_no_form_and_its_page_no_link()
    {
        Assert.NotEmpty((await _server.OpenAsync("/experiments/rich")).Page.QuerySelectorAll($"#acts a[href='{Address}']"));
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/rich/pause")).Status);
        Assert.NotNull((await _server.OpenAsync(Address)).Page.QuerySelector("#plan"));
        var sent = (await FilledAsync(("reason", "Late."), ("metrics/mde_pct", "12"), ("show", "amend"))).Where(field => field.Name != "version").ToList();
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/rich/stop")).Status);
        Assert.Null((await _server.OpenAsync(Address)).Page.QuerySelector("#plan"));
        Assert.Empty((await _server.OpenAsync("/experiments/rich")).Page.QuerySelectorAll($"#acts a[href='{Address}']"));
        Assert.Equal(409, (await _server.SubmitAsync(Address, sent)).Status);
        Assert.Equal(404, (await _server.OpenAsync("/experiments/nowhere/amend")).Status);
        Assert.Equal(404, (await _server.SubmitAsync("/experiments/nowhere/amend", sent)).Status);
    }

    [Fact]
    public async Task Who_may_only_read_and_a_form_of_another_site_are_refused()
    {
        var sent = (await FilledAsync(("reason", "Mine."), ("metrics/mde_pct", "12"), ("show", "amend"))).ToList();
        Assert.Equal(403, (await _server.SubmitAsync(Address, sent, ("Origin", "https://evil.example"))).Status);
        var read = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Read)}");
        var write = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Write)}");
        Assert.Equal((403, 403), ((await _server.OpenAsync(Address, read)).Status, (await _server.SubmitAsync(Address, sent, read)).Status));
        Assert.Equal(303, (await _server.SubmitAsync(Address, sent, write)).Status);
    }

    private async Task<JsonElement> DesignAsync() => (await _server.GetAsync("/api/v1/experiments/rich")).Body.GetProperty("design");

    private async Task<int> IterationAsync() => (await _server.GetAsync("/api/v1/experiments/rich")).Body.GetProperty("iteration").GetInt32();

    /// <summary>The form with some fields typed anew, and the button that is pressed, which has the name <c>show</c>.</summary>
    private async Task<IEnumerable<(string Name, string Value)>> FilledAsync(params (string Name, string Value)[] typed)
    {
        var form = (await _server.OpenAsync(Address)).Page.QuerySelector("#plan")!;
        return form.Filled([.. typed.Where(field => field.Name != "show")]).Concat(typed.Where(field => field.Name == "show")).ToList();
    }

    private async Task<(int Status, string? Location, AngleSharp.Html.Dom.IHtmlDocument Page)> SubmitAsync(params (string Name, string Value)[] typed) => await _server.SubmitAsync(Address, await FilledAsync(typed));
}
