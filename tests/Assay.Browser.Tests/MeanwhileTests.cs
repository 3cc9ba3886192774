using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

/// <summary>What a reader is doing on an open page while news come. Each test has a server of its own, because it changes it.</summary>
[Trait("Ring", "browser")]
public sealed class MeanwhileTests(Browsing browsing) : IClassFixture<Browsing>, IAsyncDisposable
{
    private LiveServer? _server;

    [Fact]
    public async Task News_of_the_experiment_lose_nothing_of_a_form_that_somebody_fills_in()
    {
        var page = await OpenAsync();
        await page.Locator("#decide > summary").ClickAsync();
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("keep_control");
        await page.GetByLabel("Reason").FocusAsync();
        await page.Keyboard.TypeAsync("Half a sente");

        await _server!.PostAsync($"/{LiveServer.Key}/pause", new { });
        await _server!.PostAsync($"/{LiveServer.Key}/conversions", new { conversions = new[] { new { user_id = "u1910", metric = "purchase", idempotency_key = "live" } } });
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Paused");
        await page.Keyboard.TypeAsync("nce");
        Assert.Equal("Half a sentence", await page.GetByLabel("Reason").InputValueAsync());
        Assert.Equal("keep_control", await page.GetByLabel("Decision", new() { Exact = true }).InputValueAsync());
        await Expect(page.Locator("#decide")).ToHaveAttributeAsync("open", "");

        // Left as it was opened, the section follows again.
        await page.GetByLabel("Reason").FillAsync("");
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("");
        await page.Locator("#decide > summary").FocusAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
        await Expect(page.Locator("#decide")).ToHaveAttributeAsync("open", "");

        // Another act, other buttons: what one has opened, and where one is, stays.
        await _server!.PostAsync($"/{LiveServer.Key}/stop", new { });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToHaveCountAsync(0);
        await Expect(page.Locator("#decide")).ToHaveAttributeAsync("open", "");
    }

    [Fact]
    public async Task What_was_done_stays_told_while_news_come_and_is_gone_when_it_is_no_longer_so()
    {
        var page = await OpenAsync();
        await PressAsync(page, "Pause");
        await Expect(page.Locator("#acts [role=status]")).ToContainTextAsync("Paused");
        await NewsAsync(page, "u1910");
        await Expect(page.Locator("#acts [role=status]")).ToContainTextAsync("Paused");

        await _server!.PostAsync($"/{LiveServer.Key}/resume", new { });
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Running");
        await Expect(page.Locator("#acts [role=status]")).ToHaveCountAsync(0);

        // Another's pause is not this reader's.
        await _server!.PostAsync($"/{LiveServer.Key}/pause", new { });
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Paused");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
        await Expect(page.Locator("#acts [role=status]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_something_is_selected_it_stays_and_so_does_what_the_form_answers()
    {
        var page = await OpenAsync();
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Running");
        await page.EvaluateAsync("getSelection().selectAllChildren(document.querySelector('#verdict h2'))");
        await _server!.PostAsync($"/{LiveServer.Key}/pause", new { });
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Paused");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
        Assert.NotEqual("", await page.EvaluateAsync<string>("getSelection().toString()"));

        // Nothing else comes: when the selection goes the page catches up.
        await page.EvaluateAsync("getSelection().removeAllRanges()");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_refused_stays_with_everything_that_was_typed_while_news_come()
    {
        var page = await OpenAsync();
        await page.Locator("#decide > summary").PressAsync("Enter");
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("ship");
        await page.GetByLabel("Treatment to ship").SelectOptionAsync("1");
        await PressAsync(page, "Keep this decision");
        await Expect(page.Locator("#decide [role=alert]")).ToContainTextAsync("says why");
        await NewsAsync(page, "u1910");
        await Expect(page.Locator("#decide [role=alert]")).ToContainTextAsync("says why");
        Assert.Equal("ship", await page.GetByLabel("Decision", new() { Exact = true }).InputValueAsync());
        Assert.Equal("1", await page.GetByLabel("Treatment to ship").InputValueAsync());
    }

    [Fact]
    public async Task A_button_that_changes_under_the_finger_does_nothing()
    {
        var page = await OpenAsync();
        var pause = (await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).BoundingBoxAsync())!;
        var (x, y) = (pause.X + (pause.Width / 2), pause.Y + (pause.Height / 2));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await _server!.PostAsync($"/{LiveServer.Key}/pause", new { });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("({ x, y }) => document.elementFromPoint(x, y).matches('form[action$=\"/resume\"] button')", new { x = (double)x, y = (double)y }));
        await page.Mouse.UpAsync();
        await NewsAsync(page, "u1910");
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Paused");
        Assert.EndsWith($"/experiments/{LiveServer.Key}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_focus_stays_with_its_experiment_when_the_list_is_ordered_anew()
    {
        var page = await OpenAsync("/", second: true);
        await Expect(page.Locator("li.item")).ToHaveCountAsync(2);
        var first = await page.Locator("li.item h2 a").First.GetAttributeAsync("id");
        await page.Locator($"#{first}").FocusAsync();
        await _server!.PostAsync($"/{first!["link-".Length..]}/stop", new { });
        await Expect(page.Locator("li.item h2 a").Last).ToHaveIdAsync(first);
        await Expect(page.Locator($"#{first}")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_typed_outlives_the_session()
    {
        var page = await OpenAsync();
        await page.Locator("#decide > summary").ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Half a sentence");
        await page.RouteAsync("**/experiments/**", route => route.Request.Headers.ContainsKey("assay-refresh") ? route.FulfillAsync(new() { Status = 401 }) : route.ContinueAsync());
        await _server!.PostAsync($"/{LiveServer.Key}/pause", new { });
        await Expect(page.Locator("#pulse")).ToContainTextAsync("Reconnecting");
        Assert.Equal("Half a sentence", await page.GetByLabel("Reason").InputValueAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    private async Task<IPage> OpenAsync(string path = $"/experiments/{LiveServer.Key}", bool second = false)
    {
        browsing.SkipWithoutChromium();
        _server = await LiveServer.StartAsync();
        await _server.FillAsync();
        if (second) await _server.FillAsync("second", "A second experiment");
        return await browsing.OpenAsync(path, _server);
    }

    /// <summary>A conversion of control that the open page is seen to show.</summary>
    private async Task NewsAsync(IPage page, string unit)
    {
        var converted = page.Locator("#arms tbody tr:first-child td.reference:nth-last-child(3)");
        var before = int.Parse((await converted.TextContentAsync())!, CultureInfo.InvariantCulture);
        await _server!.PostAsync($"/{LiveServer.Key}/conversions", new { conversions = new[] { new { user_id = unit, metric = "purchase", idempotency_key = $"news-{unit}" } } });
        await Expect(converted).ToHaveTextAsync((before + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
}
