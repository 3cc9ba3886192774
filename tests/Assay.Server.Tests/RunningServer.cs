using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests;

/// <summary>The whole server in this process, on a port and a file of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private RunningServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Wait.Long };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningServer> StartAsync(Action<IServiceCollection>? adjust = null)
    {
        var folder = Directory.CreateTempSubdirectory("assay-test-").FullName;
        var options = new AssayOptions($"Data Source={Path.Combine(folder, "assay.db")}", [new Uri("http://127.0.0.1:0")]);
        var app = Program.Build(options, builder => adjust?.Invoke(builder.Services));
        await app.StartAsync();
        var server = new RunningServer(app, folder);
        await Wait.UntilAsync(async () => (await server.Client.GetAsync("/readyz")).IsSuccessStatusCode);
        return server;
    }

    /// <summary>A server with the experiment <c>checkout</c>, running since the given time.</summary>
    public static async Task<RunningServer> StartWithExperimentAsync(DateTimeOffset? startedAt = null, Action<IServiceCollection>? adjust = null)
    {
        var server = await StartAsync(adjust);
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", startedAt);
        return server;
    }

    public async Task CreateAsync(string key)
    {
        var (status, body) = await PostAsync("experiments", $$"""
            {
              "key": "{{key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
              "metrics": {
                "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 20, "attribution_window_hours": 1,
                "secondary": [ { "name": "revenue", "event": "purchase", "metric_type": "continuous", "direction": "increase", "baseline_value": 5, "std_dev": 20 } ],
                "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10, "baseline_value": 0.1 } ],
                "covariates": [ { "name": "spend_before", "source": "pre_period" } ]
              }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
    }

    public async Task BeginAsync(string key, DateTimeOffset? startedAt = null)
    {
        var since = startedAt?.ToString("O", CultureInfo.InvariantCulture);
        var (status, body) = await PostAsync($"experiments/{key}/start", since is null ? "{}" : $$"""{"started_at":"{{since}}"}""");
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json, string type = "application/json") =>
        PostAsync(path, Encoding.UTF8.GetBytes(json), type);

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, byte[] body, string? type)
    {
        using var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await Client.PostAsync($"/api/v1/{path}", content);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Posts a batch that must be taken.</summary>
    public async Task<JsonElement> RecordAsync(string path, string json)
    {
        var (status, body) = await PostAsync(path, json);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync($"/api/v1/{path}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public async Task<JsonElement> VerifyAsync(string key)
    {
        var (status, body) = await PostAsync($"experiments/{key}/verify", "");
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
