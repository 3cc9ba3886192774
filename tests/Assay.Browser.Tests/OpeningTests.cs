using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

[Trait("Ring", "browser")]
public sealed class OpeningTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Fact]
    public async Task The_list_leads_to_the_experiment()
    {
        var page = await browsing.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Checkout redesign" }).ClickAsync();
        await page.WaitForURLAsync("**/experiments/checkout-redesign");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout redesign");
        await Expect(page.Locator("#headline-text")).ToContainTextAsync("one-page");
        await Expect(page.Locator("#effects td.plot svg")).ToHaveCountAsync(3);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/experiments/checkout-redesign")]
    [InlineData("/experiments/checkout-redesign/course")]
    public async Task A_page_works_without_scripts(string path)
    {
        var page = await browsing.OpenAsync(path, scripts: false);
        await Expect(page.Locator("body")).ToContainTextAsync("Checkout redesign");
        await Expect(page.Locator("noscript .pulse")).ToContainTextAsync("Scripts are off");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/experiments/checkout-redesign")]
    [InlineData("/experiments/checkout-redesign/course")]
    [InlineData("/experiments/checkout-redesign/numbers")]
    [InlineData("/experiments/checkout-redesign/audit")]
    [InlineData("/experiments/checkout-redesign/exposures")]
    [InlineData("/experiments/checkout-redesign/amend")]
    [InlineData("/signin")]
    [InlineData("/experiments/nowhere")]
    public async Task A_narrow_screen_scrolls_in_one_direction_only(string path)
    {
        var page = await browsing.OpenAsync(path, width: 360);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(360, await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, innerWidth)"));
    }

    [Fact]
    public async Task Ten_arms_fit_a_narrow_screen()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync("ten-arms", "Ten arms", arms: 10);
        var page = await browsing.OpenAsync("/experiments/ten-arms", server, width: 360);
        await Expect(page.Locator("#effects tbody").First.Locator("td.plot")).ToHaveCountAsync(9);
        Assert.Equal(360, await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, innerWidth)"));
    }

    [Fact]
    public async Task The_keyboard_reaches_and_opens_the_details()
    {
        var page = await browsing.OpenAsync("/experiments/checkout-redesign");
        var details = page.Locator("#how-details");
        for (var step = 0; step < 40 && !await page.EvaluateAsync<bool>("document.activeElement?.parentElement?.id === 'how-details'"); step++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(details).ToHaveAttributeAsync("open", "");
        await Expect(details).ToContainTextAsync("Always-valid confidence sequence");
    }

    [Fact]
    public async Task An_unknown_experiment_is_a_page_that_leads_back()
    {
        var page = await browsing.OpenAsync("/experiments/nowhere");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Unknown experiment");
        await page.GetByRole(AriaRole.Link, new() { Name = "To the list of experiments" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Experiments");
    }
}
