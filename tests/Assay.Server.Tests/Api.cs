using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Assay.Server.Tests;

/// <summary>A client of a server's API.</summary>
internal class Api(Uri address)
{
    public HttpClient Client { get; } = new() { BaseAddress = address, Timeout = Wait.Long };

    public Task UntilReadyAsync() => Wait.UntilAsync(async () =>
    {
        using var response = await Client.GetAsync("/readyz");
        return response.IsSuccessStatusCode;
    });

    public async Task CreateAsync(string key, string analysis = "always_valid")
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
              },
              "constraints": { "analysis": "{{analysis}}" }
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
}
