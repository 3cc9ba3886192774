using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests.Journeys;

/// <summary>An amendment by the page: another plan, a reason, and iteration 2, with scripts and without.</summary>
[Trait("Ring", "browser")]
public sealed class AmendTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Fact]
    public async Task An_experiment_that_runs_is_amended_on_its_page_and_its_history_tells_why()
    {
        await using var story = await Story.BeginAsync(browsing, "amended");
        await story.SendAsync(0, 40, ("purchase", 20));
        await Expect(story.Page.Locator("#sample-ratio")).ToContainTextAsync("40");
        await story.Page.GetByRole(AriaRole.Link, new() { Name = "Amend the plan" }).ClickAsync();
        await Expect(story.Page.Locator("#costs")).ToContainTextAsync("the 40 exposed so far");
        var button = story.Page.GetByRole(AriaRole.Button, new() { Name = "Amend: begin a new iteration" });
        await story.Page.GetByLabel("Smallest effect to find, %").FillAsync("30");
        await Expect(story.Page.Locator("#takes")).ToContainTextAsync("units in each of 2 arms");
        await button.ClickAsync();
        await Expect(story.Page.Locator("#wrong")).ToContainTextAsync("An amendment says why");
        await Expect(story.Page.GetByLabel("Smallest effect to find, %")).ToHaveValueAsync("30");
        var found = await story.Page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(rule => $"{rule.Id}: {string.Join(" | ", rule.Nodes.Select(node => node.Html))}")));

        await story.Page.GetByLabel("Reason", new() { Exact = true }).FillAsync("Twenty percent would take too long.");
        await button.ClickAsync();
        await Expect(story.Page.Locator("#title")).ToContainTextAsync("teration 2");
        await Expect(story.Page.Locator("#acts [role=status]")).ToContainTextAsync("a new iteration has begun");
        await Expect(story.Page.Locator("#sample-ratio")).Not.ToContainTextAsync("40");

        await story.Page.GotoAsync($"/experiments/{story.Key}/audit");
        await Expect(story.Page.Locator("#history li").First).ToContainTextAsync("Amended: iteration 2 began.");
        await Expect(story.Page.Locator("#history blockquote").First).ToHaveTextAsync("Twenty percent would take too long.");
    }

    [Fact]
    public async Task Without_scripts_the_form_does_the_same()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync($"/experiments/{LiveServer.Key}", server, scripts: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Amend the plan" }).PressAsync("Enter");
        await page.GetByLabel("Reason", new() { Exact = true }).FillAsync("A shorter window will do.");
        await page.Locator("[name='metrics/attribution_window_hours']").FillAsync("0.5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it takes" }).PressAsync("Enter");
        await Expect(page.Locator("#takes")).ToContainTextAsync("units in each of 2 arms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Amend: begin a new iteration" }).PressAsync("Enter");
        await Expect(page.Locator("#title")).ToContainTextAsync("teration 2");
    }
}
