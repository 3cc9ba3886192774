using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

/// <summary>What a person does on the pages: with a mouse, with a keyboard alone, and without scripts.</summary>
[Trait("Ring", "browser")]
public sealed class ActingTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Fact]
    public async Task Without_scripts_and_with_the_keyboard_alone_a_plan_becomes_a_draft_that_runs_and_is_decided()
    {
        var page = await browsing.OpenAsync("/plan", scripts: false);
        await TypeAsync(page, "Key", "by-keyboard");
        await TypeAsync(page, "Name", "By keyboard");
        await TypeAsync(page, "Units a day", "4000");
        await page.Locator("[name='metrics/primary_metric_name']").FocusAsync();
        await page.Keyboard.TypeAsync("purchase");
        await page.Locator("[name='metrics/baseline_value']").FocusAsync();
        await page.Keyboard.TypeAsync("0.2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#wrong")).ToContainTextAsync("Smallest effect to find, %");

        await page.Locator("#wrong a").First.PressAsync("Enter");
        await TypeAsync(page, "Smallest effect to find, %", "10");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#takes")).ToContainTextAsync("units in each of 2 arms", new() { Timeout = 60_000 });
        await Expect(page.Locator("svg.curve")).ToBeVisibleAsync();

        await PressAsync(page, "Create draft");
        await Expect(page.Locator("#acts [role=status]")).ToContainTextAsync("Kept as a draft");
        await PressAsync(page, "Start");
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Running");

        await page.Locator("#decide > summary").PressAsync("Enter");
        await page.GetByLabel("Decision", new() { Exact = true }).PressAsync("S"); // Ship: the verdict says otherwise.
        await page.GetByLabel("Treatment to ship").PressAsync("t");
        await PressAsync(page, "Keep this decision");
        await Expect(page.Locator("#decide [role=alert]")).ToContainTextAsync("says why");
        await TypeAsync(page, "Reason", "The law asks for it.");
        await PressAsync(page, "Keep this decision");
        await Expect(page.Locator("#decided")).ToContainTextAsync("Decided: ship treatment.");

        await page.Locator("#stop > summary").PressAsync("Enter");
        await PressAsync(page, "Yes, stop it");
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Stopped");
    }

    [Fact]
    public async Task While_one_types_the_price_follows_and_the_focus_stays()
    {
        var page = await browsing.OpenAsync("/plan");
        await TypeAsync(page, "Smallest effect to find, %", "20");
        await Expect(page.Locator("#takes")).ToContainTextAsync("wrong");
        await page.Locator("[name='metrics/primary_metric_name']").FillAsync("purchase");
        await page.Locator("[name='metrics/baseline_value']").FocusAsync();
        await page.Keyboard.TypeAsync("0.2");
        await Expect(page.Locator("#takes")).ToContainTextAsync("units in each of 2 arms", new() { Timeout = 60_000 });
        Assert.Equal(("metrics/baseline_value", "0.2"), (await page.EvaluateAsync<string>("document.activeElement.name"), await page.Locator("[name='metrics/baseline_value']").InputValueAsync()));
        Assert.EndsWith("/plan", page.Url, StringComparison.Ordinal);
        Assert.Null(await page.QuerySelectorAsync("#wrong"));
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(rule => $"{rule.Id}: {string.Join(" | ", rule.Nodes.Select(node => node.Html))}")));
    }

    [Fact]
    public async Task News_of_the_experiment_lose_nothing_of_a_form_that_somebody_fills_in()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync($"/experiments/{LiveServer.Key}", server);
        await Expect(page.Locator("#pulse")).ToContainTextAsync("Live");
        await page.Locator("#decide > summary").ClickAsync();
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("keep_control");
        await TypeAsync(page, "Reason", "Half a sente");

        await server.PostAsync($"/{LiveServer.Key}/pause", new { });
        await server.PostAsync($"/{LiveServer.Key}/conversions", new { conversions = new[] { new { user_id = "u1910", metric = "purchase", idempotency_key = "live" } } });
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
        await server.PostAsync($"/{LiveServer.Key}/stop", new { });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToHaveCountAsync(0);
        await Expect(page.Locator("#decide")).ToHaveAttributeAsync("open", "");
    }

    [Fact]
    public async Task What_was_done_stays_told_while_news_come_and_is_gone_when_it_is_no_longer_so()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync($"/experiments/{LiveServer.Key}", server);
        await PressAsync(page, "Pause");
        await Expect(page.Locator("#acts [role=status]")).ToContainTextAsync("Paused");
        await NewsAsync(server, page, "u1910");
        await Expect(page.Locator("#acts [role=status]")).ToContainTextAsync("Paused");

        await server.PostAsync($"/{LiveServer.Key}/resume", new { });
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Running");
        await Expect(page.Locator("#acts [role=status]")).ToHaveCountAsync(0);

        // Another's pause is not this reader's.
        await server.PostAsync($"/{LiveServer.Key}/pause", new { });
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Paused");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
        await Expect(page.Locator("#acts [role=status]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_something_is_selected_it_stays_and_so_does_what_the_form_answers()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync($"/experiments/{LiveServer.Key}", server);
        await Expect(page.Locator("#title .status")).ToHaveTextAsync("Running");
        await page.EvaluateAsync("getSelection().selectAllChildren(document.querySelector('#verdict h2'))");
        await server.PostAsync($"/{LiveServer.Key}/pause", new { });
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
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync($"/experiments/{LiveServer.Key}", server);
        await page.Locator("#decide > summary").PressAsync("Enter");
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("ship");
        await page.GetByLabel("Treatment to ship").SelectOptionAsync("1");
        await PressAsync(page, "Keep this decision");
        await Expect(page.Locator("#decide [role=alert]")).ToContainTextAsync("says why");
        await NewsAsync(server, page, "u1910");
        await Expect(page.Locator("#decide [role=alert]")).ToContainTextAsync("says why");
        Assert.Equal("ship", await page.GetByLabel("Decision", new() { Exact = true }).InputValueAsync());
        Assert.Equal("1", await page.GetByLabel("Treatment to ship").InputValueAsync());
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Nothing_stands_out_to_the_side(int width)
    {
        foreach (var path in (string[])["/plan?from=checkout-redesign", $"/experiments/{LiveServer.Key}", $"/experiments/{LiveServer.Key}/amend", $"/experiments/{LiveServer.Key}/numbers", $"/experiments/{LiveServer.Key}/audit", $"/experiments/{LiveServer.Key}/exposures", $"/experiments/{LiveServer.Key}/posterior", "/?q=x"])
        {
            var page = await browsing.OpenAsync(path, width: width);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            var outside = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('main *')].filter(part => part.getBoundingClientRect().right > innerWidth && !part.closest('.scroll, .sr, svg')).map(part => part.outerHTML.slice(0, 120))");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{path}: {string.Join(" | ", outside)}");
        }
    }

    /// <summary>A conversion of control that the open page is seen to show.</summary>
    private static async Task NewsAsync(LiveServer server, IPage page, string unit)
    {
        var converted = page.Locator("#arms tbody tr:first-child td.reference:nth-last-child(3)");
        var before = int.Parse((await converted.TextContentAsync())!, CultureInfo.InvariantCulture);
        await Expect(page.Locator("#pulse")).ToContainTextAsync("Live");
        await server.PostAsync($"/{LiveServer.Key}/conversions", new { conversions = new[] { new { user_id = unit, metric = "purchase", idempotency_key = $"news-{unit}" } } });
        await Expect(converted).ToHaveTextAsync((before + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task TypeAsync(IPage page, string label, string text)
    {
        await page.GetByLabel(label, new() { Exact = true }).First.FocusAsync();
        await page.Keyboard.TypeAsync(text);
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
}
