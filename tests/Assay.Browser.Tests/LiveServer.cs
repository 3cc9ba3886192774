using System.Globalization;
using System.Net.Http.Json;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Browser.Tests;

/// <summary>The whole server on loopback with a database of its own, and the few requests that fill it.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    public const string Key = "checkout-redesign";

    public const string Draft = "short-address-form";

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-browser-").FullName;
    private readonly TimeProvider _clock;
    private WebApplication _app = null!;

    private LiveServer(TimeProvider clock) => _clock = clock;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public HttpClient Http { get; private set; } = new();

    /// <param name="clock">The clock that the server goes by; the system's unless given.</param>
    public static async Task<LiveServer> StartAsync(TimeProvider? clock = null)
    {
        var server = new LiveServer(clock ?? TimeProvider.System);
        await server.ServeAsync();
        return server;
    }

    /// <summary>Ends and serves again at the same address from the same file.</summary>
    public async Task RestartAsync(Func<Task> whileAway)
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await whileAway();
        await ServeAsync();
    }

    /// <summary>An experiment that runs for two days: half of its units are completed.</summary>
    public async Task FillAsync(string key = Key, string name = "Checkout redesign", int arms = 2)
    {
        var variations = Enumerable.Range(0, arms).Select(arm => new { key = arm == 0 ? "control" : arm == 1 ? "one-page" : $"a-rather-long-name-of-variation-number-{arm}" });
        await PostAsync("", new
        {
            key,
            name,
            hypothesis = new { statement = "A one-page checkout raises completed purchases", owner = "payments" },
            setup = new { variations, expected_daily_traffic = 1000, segments = new[] { new { attribute = "country", values = new[] { "DE" } } } },
            metrics = new
            {
                primary_metric_name = "purchase",
                metric_type = "binary",
                baseline_value = 0.3,
                mde_pct = 20,
                attribution_window_hours = 1,
                secondary = new[] { new { name = "revenue", @event = "purchase", metric_type = "continuous", std_dev = 20 } },
                guardrails = new[] { new { name = "refund", metric_type = "binary", direction = "decrease", non_inferiority_margin_pct = 10 } },
            },
        });
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        string Time(double hoursAgo) => now.AddHours(-hoursAgo).ToString("O", CultureInfo.InvariantCulture);
        await PostAsync($"/{key}/start", new { started_at = Time(48) });
        await PostAsync($"/{key}/exposures", new
        {
            exposures = Enumerable.Range(0, 2000).Select(unit => new { user_id = $"u{unit}", variation_index = unit % arms, id = $"e{unit}", occurred_at = Time(unit < 1600 ? 30 : 0.1), attributes = new { country = unit % 3 == 0 ? "DE" : "FR" } }),
        });
        await PostAsync($"/{key}/conversions", new
        {
            conversions = Enumerable.Range(0, 2000)
                .Where(unit => unit % arms == 0 ? unit / arms % 3 == 0 : unit / arms % 2 == 0)
                .Select(unit => new { user_id = $"u{unit}", metric = "purchase", value = (unit % 50) + 1, idempotency_key = $"c{unit}", occurred_at = Time(unit < 1600 ? 29.9 : 0.05) }),
        });
    }

    /// <summary>A draft with every role that a metric can have.</summary>
    public Task DraftAsync() => PostAsync("", new
    {
        key = Draft,
        name = "Short address form",
        hypothesis = new { statement = "A short address form raises completed purchases", owner = "payments" },
        setup = new { variations = new[] { new { key = "control" }, new { key = "short" } }, expected_daily_traffic = 1000 },
        metrics = new
        {
            primary_metric_name = "purchase",
            metric_type = "binary",
            baseline_value = 0.3,
            mde_pct = 20,
            more_primaries = new[] { new { name = "visits", metric_type = "count", baseline_value = 2.5 } },
            secondary = new[] { new { name = "revenue", @event = "purchase", metric_type = "continuous", std_dev = 20 } },
            guardrails = new[] { new { name = "refund", metric_type = "binary", direction = "decrease", non_inferiority_margin_pct = 10, baseline_value = 0.1 } },
        },
    });

    public async Task PostAsync(string path, object body)
    {
        var answer = await Http.PostAsJsonAsync($"/api/v1/experiments{path}", body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync()
    {
        _app = Server.Program.Build(new AssayOptions($"Data Source={Path.Combine(_folder, "assay.db")}", [Address]), builder => builder.Services.AddSingleton(_clock));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http.Dispose();
        Http = new HttpClient { BaseAddress = Address };
        await _app.Services.GetRequiredService<StorageState>().Ready.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }
}
