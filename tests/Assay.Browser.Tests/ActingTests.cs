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

    private static async Task TypeAsync(IPage page, string label, string text)
    {
        await page.GetByLabel(label, new() { Exact = true }).First.FocusAsync();
        await page.Keyboard.TypeAsync(text);
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
}
