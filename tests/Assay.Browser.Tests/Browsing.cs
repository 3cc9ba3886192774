using Microsoft.Playwright;
using Xunit.Sdk;

namespace Assay.Browser.Tests;

/// <summary>One Chromium and one filled server for the tests of a class; each test opens a context of its own. Skips visibly where there is no Chromium.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];

    private readonly List<IBrowserContext> _contexts = [];
    private ITest? _test;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private LiveServer? _server;

    public LiveServer Server => _server ?? throw new InvalidOperationException("Open a page first: it skips where there is no Chromium.");

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } chromium) return;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000); // A condition is waited for; how fast the machine is decides nothing.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments });
        _server = await LiveServer.StartAsync();
        await _server.FillAsync();
        await _server.DraftAsync();
    }

    /// <summary>A page in a context of its own, on the server of the class unless another is given.</summary>
    public async Task<IPage> OpenAsync(string path, LiveServer? server = null, int width = 1280, bool dark = false, bool scripts = true, string? language = null)
    {
        SkipWithoutChromium();
        if (_test != TestContext.Current.Test)
        {
            _test = TestContext.Current.Test;
            await CloseAsync();
        }

        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (server ?? Server).Address.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = scripts,
            ExtraHTTPHeaders = language is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept-Language"] = language },
        });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Assert.False(message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal), message.Text);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return page;
    }

    public void SkipWithoutChromium() => Assert.SkipWhen(_browser is null, "Chromium is not installed.");

    /// <summary>What a test has left open goes before the next: an open page follows its server, and draws.</summary>
    private async Task CloseAsync()
    {
        IBrowserContext[] left = [.. _contexts];
        _contexts.Clear();
        foreach (var context in left) await context.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }
}
