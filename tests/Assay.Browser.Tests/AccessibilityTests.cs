using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

[Trait("Ring", "browser")]
public sealed class AccessibilityTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Theory]
    [InlineData("/", false, 1280)]
    [InlineData("/", true, 1280)]
    [InlineData("/experiments/checkout-redesign", false, 1280)]
    [InlineData("/experiments/checkout-redesign", true, 1280)]
    [InlineData("/experiments/checkout-redesign", false, 360)]
    [InlineData("/experiments/checkout-redesign/course", false, 1280)]
    [InlineData("/experiments/checkout-redesign/course?metric=revenue&treatment=one-page", true, 360)]
    [InlineData("/experiments/checkout-redesign/effects", true, 360)]
    [InlineData("/experiments/checkout-redesign/numbers", false, 1280)]
    [InlineData("/experiments/checkout-redesign/numbers?metric=revenue", true, 360)]
    [InlineData("/experiments/checkout-redesign/exposures", false, 1280)]
    [InlineData("/experiments/checkout-redesign/exposures", true, 360)]
    [InlineData("/experiments/checkout-redesign/posterior", false, 360)]
    [InlineData("/experiments/checkout-redesign/posterior", true, 1280)]
    [InlineData("/experiments/checkout-redesign/audit", false, 360)]
    [InlineData("/experiments/checkout-redesign/audit", true, 1280)]
    [InlineData("/experiments/checkout-redesign/amend", false, 1280)]
    [InlineData("/experiments/checkout-redesign/amend", true, 360)]
    [InlineData("/experiments/short-address-form", false, 1280)]
    [InlineData("/experiments/short-address-form/edit", false, 1280)]
    [InlineData("/experiments/short-address-form/edit", true, 360)]
    [InlineData("/?q=nowhere&status=running", true, 1280)]
    [InlineData("/plan", false, 1280)]
    [InlineData("/plan", true, 1280)]
    [InlineData("/plan?from=checkout-redesign", false, 360)]
    [InlineData("/signin?failed=1", false, 1280)]
    [InlineData("/signin", true, 1280)]
    [InlineData("/experiments/nowhere", true, 1280)]
    public async Task Axe_finds_nothing(string path, bool dark, int width)
    {
        var page = await browsing.OpenAsync(path, width: width, dark: dark);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(rule => $"{rule.Id}: {string.Join(" | ", rule.Nodes.Select(node => node.Html))}")));
    }
}
