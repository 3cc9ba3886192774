using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

/// <summary>What changes while a page is open. Each test has a server of its own, because it changes it.</summary>
[Trait("Ring", "browser")]
public sealed class LiveTests(Browsing browsing) : IClassFixture<Browsing>
{
    private const string Page = "/experiments/checkout-redesign";
    private const string Converted = "#arms tbody tr:first-child td.reference:nth-last-child(3)";

    [Fact]
    public async Task A_conversion_appears_without_a_reload_and_keeps_focus_and_open_details()
    {
        var page = await browsing.OpenAsync(Page);
        var before = await page.Locator(Converted).TextContentAsync();
        await Expect(page.Locator("#pulse")).ToContainTextAsync("Live");
        await page.Locator("#timing-arms summary").PressAsync("Enter");
        await page.EvaluateAsync("window.kept = true");

        // Unit 1910 (control) did not convert yet and its window is open.
        await browsing.Server.PostAsync($"/{LiveServer.Key}/conversions", new { conversions = new[] { new { user_id = "u1910", metric = "purchase", idempotency_key = "live" } } });

        var now = int.Parse(before!, System.Globalization.CultureInfo.InvariantCulture) + 1;
        await Expect(page.Locator(Converted)).ToHaveTextAsync(now.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(await page.EvaluateAsync<bool>("window.kept === true"));
        await Expect(page.Locator("#timing-arms")).ToHaveAttributeAsync("open", "");
        Assert.Equal("timing-arms", await page.EvaluateAsync<string>("document.activeElement.parentElement.id"));
    }

    [Fact]
    public async Task The_list_follows_too()
    {
        var page = await browsing.OpenAsync("/");
        await Expect(page.Locator("li.item").First).ToBeVisibleAsync();
        await browsing.Server.FillAsync("second", "A second experiment");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "A second experiment" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sections_come_with_what_there_is_to_tell()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.DraftAsync();
        await server.PostAsync($"/{LiveServer.Draft}/start", new { });
        var page = await browsing.OpenAsync($"/experiments/{LiveServer.Draft}/exposures", server);
        await Expect(page.Locator("#none")).ToBeVisibleAsync();
        await page.EvaluateAsync("window.kept = true");
        await server.PostAsync($"/{LiveServer.Draft}/exposures", new { exposures = new[] { new { user_id = "first", variation_index = 0, id = "first" } } });
        await Expect(page.Locator("#arms")).ToBeVisibleAsync();
        await Expect(page.Locator("#none")).ToHaveCountAsync(0);
        Assert.True(await page.EvaluateAsync<bool>("window.kept === true"));
    }

    [Fact]
    public async Task A_server_that_goes_away_and_comes_back_is_told_and_followed()
    {
        browsing.SkipWithoutChromium();
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var page = await browsing.OpenAsync(Page, server);
        await Expect(page.Locator("#pulse")).ToContainTextAsync("Live");
        await server.RestartAsync(() => Expect(page.Locator("#pulse")).ToContainTextAsync("Reconnecting"));
        await Expect(page.Locator("#pulse")).ToContainTextAsync("Live");
    }
}
