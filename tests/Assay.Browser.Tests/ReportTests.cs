using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests;

/// <summary>A report as who received it opens it: from a disk, without the server.</summary>
[Trait("Ring", "browser")]
public sealed partial class ReportTests(Browsing browsing) : IClassFixture<Browsing>
{
    private const string Path = $"/api/v1/experiments/{LiveServer.Key}/report";

    [Fact]
    public async Task A_file_opens_without_a_network_reads_aloud_and_prints_to_two_pages()
    {
        browsing.SkipWithoutChromium();
        using var saved = await SavedAsync();
        var page = await browsing.OpenAsync(saved.Address);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.ReloadAsync();
        Assert.Equal([saved.Address], asked);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout redesign");
        await Expect(page.Locator("#effects td.plot svg")).ToHaveCountAsync(3);
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(rule => $"{rule.Id}: {string.Join(" | ", rule.Nodes.Select(node => node.Html))}")));

        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.InRange(PageOfPdf().Count(pdf), 1, 2);
    }

    [Fact]
    public async Task The_served_report_has_its_styles_and_stays_light_on_a_dark_screen()
    {
        var page = await browsing.OpenAsync(Path, dark: true, scripts: false);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Expect(page.Locator("#effects")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Expect(page.Locator("#effects")).ToHaveCSSAsync("border-top-left-radius", "10px");
    }

    [Fact]
    public async Task A_narrow_screen_scrolls_in_one_direction_only()
    {
        var page = await browsing.OpenAsync(Path, width: 360);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(360, await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, innerWidth)"));
    }

    private async Task<SavedReport> SavedAsync()
    {
        var saved = new SavedReport();
        await File.WriteAllBytesAsync(saved.File, await browsing.Server.Http.GetByteArrayAsync(Path));
        return saved;
    }

    /// <summary>A leaf of the page tree, not the tree.</summary>
    [GeneratedRegex(@"/Type\s*/Page\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PageOfPdf();

    private sealed class SavedReport : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("assay-report-").FullName;

        public string File => System.IO.Path.Combine(_folder, "report.html");

        public string Address => new Uri(File).ToString();

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
