using Microsoft.Playwright;

namespace Assay.Benchmarks.Pages;

/// <summary>When Chromium first paints something of each page of a server, from the beginning of the navigation, the server's work and every transfer included.</summary>
internal static class PaintRun
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>What a page of an experiment has below its own address.</summary>
    private static readonly string[] Below = ["", "/course", "/exposures", "/posterior", "/numbers", "/audit"];

    /// <param name="address">A server that needs no key, as the demo: its pages, and those of the experiment that its list shows first.</param>
    /// <param name="visits">Visits of each page, every one with an empty cache; one before them is not counted.</param>
    public static async Task RunAsync(Uri address, int visits)
    {
        var chromium = Array.Find(Places, File.Exists) ?? throw new FileNotFoundException("Chromium is not installed.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var experiment = await FirstExperimentAsync(browser, address);
        Console.WriteLine("| page | answer, ms | first paint, ms | the longest |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var path in new[] { "/", "/plan" }.Concat(Below.Select(below => experiment + below)))
        {
            var page = new Uri(address, path);
            await VisitAsync(browser, page);
            var paints = new List<Paint>(visits);
            for (var i = 0; i < visits; i++) paints.Add(await VisitAsync(browser, page));
            Console.WriteLine($"| {path} | {Median(paints, paint => paint.Answer):0} | {Median(paints, paint => paint.First):0} | {paints.Max(paint => paint.First):0} |");
        }
    }

    private static async Task<string> FirstExperimentAsync(IBrowser browser, Uri address)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return await page.Locator(".item h2 a").First.GetAttributeAsync("href") ?? throw new InvalidOperationException("The list shows no experiment.");
    }

    private static async Task<Paint> VisitAsync(IBrowser browser, Uri address)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        var times = await page.EvaluateAsync<double[]>("() => [performance.getEntriesByType('navigation')[0].responseEnd, performance.getEntriesByName('first-contentful-paint')[0].startTime]");
        return new Paint(times[0], times[1]);
    }

    private static double Median(IEnumerable<Paint> paints, Func<Paint, double> time)
    {
        double[] sorted = [.. paints.Select(time).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="Answer">Until the page's last byte has come, ms.</param>
    /// <param name="First">Until the first text or picture of it is seen, ms.</param>
    private sealed record Paint(double Answer, double First);
}
