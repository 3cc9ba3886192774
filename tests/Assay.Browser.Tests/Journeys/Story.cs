using System.Globalization;
using Assay.Server.Dashboard.Planning;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests.Journeys;

/// <summary>One experiment from its plan on, in one page of a browser, on a server of its own whose clock is set forward where a person would wait.</summary>
internal sealed class Story : IAsyncDisposable
{
    private const string Mark = "window.sameDocument";

    /// <summary>Windows of a quarter of an hour that open now have closed by 11:00, an hour of lateness allowed.</summary>
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 10, 9, 10, 0, TimeSpan.Zero));

    private int _sent;

    private Story(string key) => Key = key;

    public string Key { get; }

    public LiveServer Server { get; private set; } = null!;

    public IPage Page { get; private set; } = null!;

    public ILocator Verdict => Page.Locator("#verdict");

    /// <summary>Plans a binary metric by the form, creates the draft and starts it by its button. From then on the document is marked.</summary>
    /// <param name="browsing">The browser.</param>
    /// <param name="key">Of the experiment.</param>
    /// <param name="fields">Fields of the form by name, beside those of every story.</param>
    public static async Task<Story> BeginAsync(Browsing browsing, string key, params (string Name, string Value)[] fields)
    {
        browsing.SkipWithoutChromium();
        var story = new Story(key);
        story.Server = await LiveServer.StartAsync(story._clock);
        story.Page = await browsing.OpenAsync(ShowPlanner.Address, story.Server);
        (string Name, string Value)[] common =
        [
            ("key", key), ("name", "The story"), ("setup/expected_daily_traffic", "4000"), ("metrics/primary_metric_name", "purchase"), ("metrics/attribution_window_hours", "0.25"),
            ("metrics/baseline_value", "0.2"), ("metrics/mde_pct", "20"),
        ];
        foreach (var (name, value) in common.Concat(fields)) await story.FillAsync(name, value);
        await story.Page.GetByRole(AriaRole.Button, new() { Name = "Create draft" }).ClickAsync();
        await Expect(story.Page.Locator("#title .status")).ToHaveTextAsync("Draft");
        await story.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(story.Page.Locator("#title .status")).ToHaveTextAsync("Running");
        await Expect(story.Page.Locator("#pulse")).ToContainTextAsync("Live");
        await story.Page.EvaluateAsync($"{Mark} = true");
        return story;
    }

    /// <summary>Sends new units of one arm as applications do, exposures first.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="units">How many units.</param>
    /// <param name="events">Events by name, and how many of a hundred units have one.</param>
    public async Task SendAsync(int arm, int units, params (string Event, int Percent)[] events)
    {
        string[] ids = [.. Enumerable.Range(_sent, units).Select(unit => unit.ToString(CultureInfo.InvariantCulture))];
        _sent += units;
        await Server.PostAsync($"/{Key}/exposures", new { exposures = ids.Select(id => new { user_id = id, variation_index = arm, id = $"exposure-{id}" }) });
        foreach (var (name, percent) in events)
        {
            var having = ids.Where((_, unit) => unit % 100 < percent).Select(id => new { user_id = id, metric = name, idempotency_key = $"{name}-{id}" });
            await Server.PostAsync($"/{Key}/conversions", new { conversions = having });
        }
    }

    /// <summary>Sends exposures that are refused, since they say they happened before the start.</summary>
    public Task SendRefusedAsync(int arm, int units) => Server.PostAsync($"/{Key}/exposures", new
    {
        exposures = Enumerable.Range(0, units).Select(unit => new { user_id = $"refused-{unit}", variation_index = arm, id = $"refused-{unit}", occurred_at = _clock.GetUtcNow().AddDays(-1) }),
    });

    public void LetWindowsClose() => _clock.Advance(TimeSpan.FromHours(2));

    /// <summary>What the page shows came without a reload.</summary>
    public async Task StayedAsync() => Assert.True(await Page.EvaluateAsync<bool>($"{Mark} === true"), "The page was loaded anew.");

    /// <summary>Opens the list and expects the experiment there with what it asks for.</summary>
    public async Task ListedAsync(Browsing browsing, string attention)
    {
        var list = await browsing.OpenAsync("/", Server);
        await Expect(list.Locator($"#item-{Key} .pill")).ToContainTextAsync(attention);
        await list.Context.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await Server.DisposeAsync();
    }

    private async Task FillAsync(string name, string value)
    {
        var field = Page.Locator($"[name='{name}']");
        if (await field.EvaluateAsync<bool>("field => field.tagName === 'SELECT'")) await field.SelectOptionAsync(value);
        else await field.FillAsync(value);
    }
}
