using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests.Journeys;

/// <summary>From the list by the course to the decision, with the keyboard alone: nothing is focused or pressed but what Tab reaches.</summary>
[Trait("Ring", "browser")]
public sealed class KeyboardTests(Browsing browsing) : IClassFixture<Browsing>
{
    private const int MostSteps = 120;

    [Fact]
    public async Task Tab_Enter_and_Space_lead_from_the_list_by_the_course_to_a_decision()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync("/", server);
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Checkout redesign" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#verdict")).ToBeVisibleAsync();

        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Course of every metric and variation" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByLabel("Metric"));
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Show" }));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("#course-title")).ToContainTextAsync("revenue, one-page");
        await TabToAsync(page, page.Locator(".points a").Last);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tr:target")).ToHaveIdAsync("now");

        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "To the experiment" }), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Locator("#decide > summary"));
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, page.GetByLabel("Decision", new() { Exact = true }));
        for (var option = 0; option < 2; option++) await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, page.GetByLabel("Reason"));
        await page.Keyboard.TypeAsync("It costs more than it brings.");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Keep this decision" }));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("#decided")).ToContainTextAsync("Decided: stay with the control.");
        await Expect(page.Locator("#decided blockquote")).ToHaveTextAsync("It costs more than it brings.");
    }

    /// <summary>Steps until the target has the focus, and expects to see where it is.</summary>
    private static async Task TabToAsync(IPage page, ILocator target, string key = "Tab")
    {
        await Expect(target).ToBeVisibleAsync();
        for (var step = 0; step < MostSteps && !await IsFocusedAsync(target); step++) await page.Keyboard.PressAsync(key);
        await Expect(target).ToBeFocusedAsync();
        Assert.True(await target.EvaluateAsync<bool>("target => target.matches(':focus-visible') && (getComputedStyle(target).outlineStyle !== 'none' || target.closest('.points') !== null)"), "Nobody sees where the focus is.");
    }

    private static Task<bool> IsFocusedAsync(ILocator target) => target.EvaluateAsync<bool>("target => target === document.activeElement");
}
