using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

[Trait("Ring", "browser")]
public sealed class CourseTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Fact]
    public async Task The_experiment_leads_to_the_course_of_any_metric_without_a_script()
    {
        var page = await browsing.OpenAsync("/experiments/checkout-redesign", scripts: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Course of every metric" }).ClickAsync();
        await Expect(page.Locator("h2")).ToContainTextAsync("purchase, one-page");
        await page.GetByLabel("Metric").SelectOptionAsync("revenue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{browsing.Server.Address}experiments/checkout-redesign/course?metric=revenue&treatment=one-page");
        await Expect(page.Locator("h2")).ToContainTextAsync("revenue, one-page");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "revenue, one-page against control, from " })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_reaches_a_point_and_it_leads_to_its_row()
    {
        var page = await browsing.OpenAsync("/experiments/checkout-redesign/course");
        var last = page.Locator(".points a").Last;
        await last.FocusAsync();
        await Expect(last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tr:target")).ToHaveIdAsync("now");

        // News change the row, and it stays the one that the address points to.
        var control = page.Locator("#now td").First;
        var before = await control.TextContentAsync();
        await browsing.Server.PostAsync($"/{LiveServer.Key}/conversions", new { conversions = new[] { new { user_id = "u2", metric = "purchase", idempotency_key = "course", occurred_at = TimeProvider.System.GetUtcNow().AddHours(-29.9) } } });
        await Expect(control).Not.ToHaveTextAsync(before!);
        await Expect(page.Locator("tr:target")).ToHaveIdAsync("now");
    }

    [Fact]
    public async Task The_picture_downloads_as_a_file()
    {
        var page = await browsing.OpenAsync("/experiments/checkout-redesign/course");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download SVG" }).ClickAsync());
        Assert.Equal("checkout-redesign-course.svg", download.SuggestedFilename);
    }
}
