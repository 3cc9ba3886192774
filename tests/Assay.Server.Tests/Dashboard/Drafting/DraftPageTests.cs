using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Access;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Dashboard.Drafting;

public sealed class DraftPageTests : IAsyncLifetime
{
    private const string Page = "/experiments/rich", Address = Page + "/edit", Delete = Page + "/delete", Api = "/api/v1/experiments/rich";

    private readonly HostServer _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        Assert.Equal(201, (await _server.PostAsync("/api/v1/experiments", DesignText.Rich)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_page_of_a_draft_speaks_of_its_buttons_and_not_of_the_api()
    {
        var page = (await _server.OpenAsync(Page)).Page;
        Assert.DoesNotContain("POST", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"#acts a[href='{Address}']"));
        Assert.NotNull(page.QuerySelector($"#acts details#delete:not([open]) form[action='{Delete}']"));
    }

    [Fact]
    public async Task What_was_typed_stands_as_text_on_the_form_and_on_the_page()
    {
        const string Typed = "</textarea></title><script>alert(1)</script>";
        var (status, _, form) = await SubmitAsync("save", ("name", Typed), ("hypothesis/statement", Typed), ("metrics/alpha", "2"));
        Assert.Equal((422, Typed), (status, form.QuerySelector("textarea[name='hypothesis/statement']")!.TextContent));
        Assert.Equal(303, (await SaveAsync(("name", Typed), ("hypothesis/statement", Typed))).Status);
        var page = (await _server.OpenAsync(Page)).Page;
        Assert.Equal(Typed, page.QuerySelector("h1")!.TextContent);
        Assert.All([form, page], shown => Assert.Empty(shown.QuerySelectorAll("script:not([src])")));
    }

    [Fact]
    public async Task The_form_is_the_draft_and_what_is_saved_changes_what_was_typed_and_nothing_else()
    {
        var before = await DesignAsync();
        var form = (await _server.OpenAsync(Address)).Page.QuerySelector("#plan")!;
        Assert.Null(form.QuerySelector("[name=key]"));
        Assert.Null(form.QuerySelector("[name=from]"));
        var (status, location, _) = await SaveAsync(("metrics/mde_pct", "7"), ("setup/variations/1/key", "bee"));
        Assert.Equal((303, "/experiments/rich?done=edit#acts"), (status, location));
        // A variation of another name has a value of its own.
        Assert.Equal(before.GetRawText().Replace("\"mde_pct\":5", "\"mde_pct\":7", StringComparison.Ordinal).Replace("\"key\":\"b\",\"value\":null", "\"key\":\"bee\",\"value\":\"bee\"", StringComparison.Ordinal), (await DesignAsync()).GetRawText());
        Assert.Contains("draft is changed", (await _server.OpenAsync(location!)).Page.QuerySelector("#acts [role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["replaced", "created"], (await _server.GetAsync("/api/v1/audit?experiment=rich")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task It_is_priced_without_being_kept_and_what_is_wrong_stands_beside_its_field()
    {
        var (status, _, page) = await SubmitAsync("price", ("metrics/mde_pct", "11"));
        Assert.Equal(200, status);
        Assert.NotNull(page.QuerySelector("#sizing dd"));
        (status, _, page) = await SubmitAsync("save", ("metrics/alpha", "2"), ("name", "Kept as typed"));
        Assert.Equal((422, "metrics/alpha"), (status, page.QuerySelector("[aria-invalid=true]")!.GetAttribute("name")));
        Assert.Equal("Kept as typed", page.QuerySelector("[name=name]")!.GetAttribute("value"));
        Assert.Equal((5, 1), ((await DesignAsync()).GetProperty("metrics").GetProperty("mde_pct").GetDouble(), await VersionAsync()));
    }

    [Fact]
    public async Task Another_change_in_between_is_told_and_not_undone()
    {
        var sent = (await FilledAsync(("metrics/mde_pct", "12"))).Append(("show", "save")).ToList();
        Assert.Equal(303, (await SaveAsync(("metrics/mde_pct", "8"))).Status);
        var (status, _, page) = await _server.SubmitAsync(Address, sent);
        Assert.Equal(412, status);
        Assert.Contains("has changed since this form was opened", page.QuerySelector("#wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("12", page.QuerySelector("[name='metrics/mde_pct']")!.GetAttribute("value"));
        Assert.Equal(412, (await _server.SubmitAsync(Address, page.QuerySelector("#plan")!.Filled().Append(("show", "save")))).Status);
        Assert.Equal((8, 2), ((await DesignAsync()).GetProperty("metrics").GetProperty("mde_pct").GetDouble(), await VersionAsync()));
        var (unseen, _, refused) = await _server.SubmitAsync(Address, sent.Where(field => field.Item1 != "version"));
        Assert.Equal(428, unseen);
        Assert.Contains("The form does not say which version of the draft", refused.QuerySelector("#wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task What_the_form_does_not_show_is_kept_of_what_another_server_has_stored()
    {
        var filled = (await FilledAsync(("metrics/mde_pct", "7"))).ToList();

        // Stored by another server, that this one has not been told of.
        var catalog = _server.Services.GetRequiredService<ICatalog>();
        var stored = (await catalog.FindAsync("rich", TestContext.Current.CancellationToken))!;
        var design = stored.Design with { Setup = stored.Design.Setup with { Segments = [new("country", ["DE", "FR"])] } };
        Assert.True(await catalog.ReplaceAsync(stored with { Version = 2, Design = design }, 1, new AuditEntry(_server.Clock.GetUtcNow(), "another", "replaced", "rich", "{}"), null, TestContext.Current.CancellationToken));
        Assert.Equal(303, (await _server.SubmitAsync(Address, filled.Select(field => field.Name == "version" ? (field.Name, field.Value.Replace("v1", "v2", StringComparison.Ordinal)) : field).Append(("show", "save")))).Status);
        var saved = await DesignAsync();
        Assert.Equal((7, 3), (saved.GetProperty("metrics").GetProperty("mde_pct").GetDouble(), await VersionAsync()));
        Assert.Equal(["DE", "FR"], saved.GetProperty("setup").GetProperty("segments")[0].GetProperty("values").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task A_draft_is_deleted_as_it_was_seen_and_not_once_somebody_has_changed_it()
    {
        var seen = (await _server.OpenAsync(Page)).Page.QuerySelector($"form[action='{Delete}']")!.Filled().ToList();
        Assert.Equal(303, (await SaveAsync(("metrics/mde_pct", "8"))).Status);
        var (status, _, page) = await _server.SubmitAsync(Delete, seen);
        Assert.Equal(412, status);
        Assert.Contains("has changed since this page was opened", page.QuerySelector("#acts [role=alert]")!.TextContent, StringComparison.Ordinal);
        var (unseen, _, refused) = await _server.SubmitAsync(Delete, []);
        Assert.Equal(428, unseen);
        Assert.Contains("The form does not say which version of the draft", refused.QuerySelector("#acts [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(200, (await _server.GetAsync(Api)).Status);

        var now = page.QuerySelector($"form[action='{Delete}']")!.Filled().ToList();
        Assert.Equal((303, "/"), ((await _server.SubmitAsync(Delete, now)) is var done ? (done.Status, done.Location) : default));
        Assert.Equal(404, (await _server.GetAsync(Api)).Status);
        Assert.Equal(404, (await _server.SubmitAsync(Delete, now)).Status);
    }

    [Fact]
    public async Task What_has_started_is_neither_changed_nor_deleted()
    {
        var (sent, seen) = ((await FilledAsync()).Append(("show", "save")).ToList(), (await _server.OpenAsync(Page)).Page.QuerySelector($"form[action='{Delete}']")!.Filled().ToList());
        Assert.Equal(200, (await _server.PostAsync($"{Api}/start")).Status);
        var page = (await _server.OpenAsync(Page)).Page;
        Assert.Empty(page.QuerySelectorAll($"#acts a[href='{Address}'], form[action='{Delete}']"));
        Assert.Null((await _server.OpenAsync(Address)).Page.QuerySelector("#plan"));
        Assert.Equal((412, 412), ((await _server.SubmitAsync(Address, sent)).Status, (await _server.SubmitAsync(Delete, seen)).Status));
        Assert.Equal("running", (await _server.GetAsync(Api)).Body.GetProperty("status").GetString());
        Assert.Equal((404, 404), ((await _server.OpenAsync("/experiments/nowhere/edit")).Status, (await _server.SubmitAsync("/experiments/nowhere/edit", sent)).Status));
    }

    [Fact]
    public async Task Who_may_only_read_and_a_form_of_another_site_are_refused()
    {
        var (sent, seen) = ((await FilledAsync()).Append(("show", "save")).ToList(), (await _server.OpenAsync(Page)).Page.QuerySelector($"form[action='{Delete}']")!.Filled().ToList());
        Assert.Equal(403, (await _server.SubmitAsync(Address, sent, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(403, (await _server.SubmitAsync(Delete, seen, ("Origin", "https://evil.example"))).Status);
        var read = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Read)}");
        var write = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Write)}");
        Assert.Equal((403, 403, 403), ((await _server.OpenAsync(Address, read)).Status, (await _server.SubmitAsync(Address, sent, read)).Status, (await _server.SubmitAsync(Delete, seen, read)).Status));
        Assert.Equal(1, (await _server.GetAsync(Api, write)).Body.GetProperty("version").GetInt32());
        Assert.Equal(303, (await _server.SubmitAsync(Delete, seen, write)).Status);
    }

    private async Task<JsonElement> DesignAsync() => (await _server.GetAsync(Api)).Body.GetProperty("design");

    private async Task<int> VersionAsync() => (await _server.GetAsync(Api)).Body.GetProperty("version").GetInt32();

    private async Task<IEnumerable<(string Name, string Value)>> FilledAsync(params (string Name, string Value)[] typed) => (await _server.OpenAsync(Address)).Page.QuerySelector("#plan")!.Filled(typed);

    private Task<(int Status, string? Location, AngleSharp.Html.Dom.IHtmlDocument Page)> SaveAsync(params (string Name, string Value)[] typed) => SubmitAsync("save", typed);

    private async Task<(int Status, string? Location, AngleSharp.Html.Dom.IHtmlDocument Page)> SubmitAsync(string show, params (string Name, string Value)[] typed) =>
        await _server.SubmitAsync(Address, (await FilledAsync(typed)).Append(("show", show)));
}
