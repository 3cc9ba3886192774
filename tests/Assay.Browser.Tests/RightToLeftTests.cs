using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

/// <summary>Pages in the pseudo-locales: a third longer, and in one of them from right to left.</summary>
[Trait("Ring", "browser")]
public sealed class RightToLeftTests(Browsing browsing) : IClassFixture<Browsing>
{
    private const string Mirrored = "qps-plocm";

    public static TheoryData<string> Paths =>
    [
        "/", "/?q=nowhere", $"/experiments/{LiveServer.Key}", $"/experiments/{LiveServer.Key}/course", $"/plan?from={LiveServer.Key}", "/signin?failed=1", "/experiments/nowhere",
        $"/experiments/{LiveServer.Key}/numbers", $"/experiments/{LiveServer.Key}/numbers?metric=revenue", $"/experiments/{LiveServer.Key}/audit", $"/experiments/{LiveServer.Key}/amend", $"/experiments/{LiveServer.Key}/exposures", $"/experiments/{LiveServer.Key}/effects",
        $"/experiments/{LiveServer.Draft}", $"/experiments/{LiveServer.Draft}/edit",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Axe_finds_nothing_on_a_mirrored_page(string path)
    {
        var page = await OpenAsync(path, Mirrored, 1280);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(rule => $"{rule.Id}: {string.Join(" | ", rule.Nodes.Select(node => node.Html))}")));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Longer_texts_stay_inside_of_a_narrow_screen_from_either_side(string path)
    {
        foreach (var language in (string[])["qps-ploc", Mirrored])
        {
            var page = await OpenAsync(path, language, 360);
            var outside = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('body *')].filter(part => (part.getBoundingClientRect().right > innerWidth || part.getBoundingClientRect().left < 0) && !part.closest('.scroll, .sr, .skip, svg')).map(part => part.outerHTML.slice(0, 120))");
            Assert.True(outside.Length == 0 && await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360, $"{language} {path}: {string.Join(" | ", outside)}");
        }
    }

    [Fact]
    public async Task Tables_mirror_and_pictures_and_numbers_do_not()
    {
        var (plain, mirrored) = (await OpenAsync($"/experiments/{LiveServer.Key}", "en", 1280), await OpenAsync($"/experiments/{LiveServer.Key}", Mirrored, 1280));
        const string first = "#arms tbody tr:first-child th", last = "#arms tbody tr:first-child td:last-child";
        Assert.True(await LeftAsync(plain, first) < await LeftAsync(plain, last));
        Assert.True(await LeftAsync(mirrored, first) > await LeftAsync(mirrored, last));
        foreach (var page in (IPage[])[plain, mirrored])
        {
            Assert.Equal(["ltr", "ltr"], await page.EvaluateAsync<string[]>("['svg.axis', '#arms td.num'].map(part => getComputedStyle(document.querySelector(part)).direction)"));
            // A number stands at the right of its column, and its head over it.
            Assert.Equal(["right", "right"], await page.EvaluateAsync<string[]>(
                "['#arms td.num', '#arms th.num'].map(part => getComputedStyle(document.querySelector(part))).map(style => style.textAlign === (style.direction === 'ltr' ? 'end' : 'start') ? 'right' : 'left')"));
        }
    }

    [Fact]
    public async Task Formulas_do_not_mirror()
    {
        var page = await OpenAsync($"/experiments/{LiveServer.Key}/numbers", Mirrored, 1280);
        Assert.Equal(["ltr", "ltr", "ltr"], await page.EvaluateAsync<string[]>("['.formula', '.filled', 'var'].map(part => getComputedStyle(document.querySelector(part)).direction)"));
        Assert.True(await LeftAsync(page, "table.derived tbody th >> nth=0") > await LeftAsync(page, "table.derived tbody td.num >> nth=0"));
    }

    private async Task<IPage> OpenAsync(string path, string language, int width)
    {
        var page = await browsing.OpenAsync(path, width: width, language: language);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        return page;
    }

    private static async Task<double> LeftAsync(IPage page, string part) => await page.Locator(part).EvaluateAsync<double>("part => part.getBoundingClientRect().left");
}
