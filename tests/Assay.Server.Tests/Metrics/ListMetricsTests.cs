using System.Text.Json;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Metrics;

public sealed class ListMetricsTests(HostServer server) : IClassFixture<HostServer>
{
    private const string List = "/api/v1/metrics";

    [Fact]
    public async Task A_metric_is_told_with_everyone_who_uses_it()
    {
        await CreateAsync("catalogue-b", Metric("basket", role: "guardrails", more: ", \"window_hours\": 24"));
        await CreateAsync("catalogue-a", Metric("basket", role: "secondary"));
        await server.PostAsync("/api/v1/experiments/catalogue-a/start");

        var metric = Assert.Single((await server.GetAsync($"{List}?q=BASKET")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(["name", "event", "metric_type", "direction", "roles", "is_ambiguous", "experiments"], metric.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            """["basket","basket","count","decrease",["secondary","guardrail"],false]""",
            $"[{string.Join(',', metric.EnumerateObject().SkipLast(1).Select(field => field.Value.GetRawText()))}]");
        Assert.Equal(
            """
            [{"key":"catalogue-a","status":"running","role":"secondary","event":"basket","metric_type":"count","direction":"decrease","window_hours":72},{"key":"catalogue-b","status":"draft","role":"guardrail","event":"basket","metric_type":"count","direction":"decrease","window_hours":24}]
            """,
            metric.GetProperty("experiments").GetRawText());
    }

    [Theory]
    [InlineData("event", ", \"event\": \"other\"", "secondary")]
    [InlineData("metric_type", ", \"metric_type\": \"binary\"", "guardrails")]
    [InlineData("direction", ", \"direction\": \"increase\"", "more_primaries")]
    public async Task Two_meanings_of_one_name_are_pointed_out(string differs, string more, string role)
    {
        var name = $"two-{differs}";
        await CreateAsync($"one-{role.Replace('_', '-')}", Metric(name, role));
        await CreateAsync($"two-{role.Replace('_', '-')}", Metric(name, role, more));

        var metric = Assert.Single((await server.GetAsync($"{List}?q={name}")).Body.GetProperty("items").EnumerateArray());
        Assert.True(metric.GetProperty("is_ambiguous").GetBoolean());
        foreach (var field in (string[])["event", "metric_type", "direction"])
            Assert.Equal(field == differs ? JsonValueKind.Null : JsonValueKind.String, metric.GetProperty(field).ValueKind);
        Assert.Equal(2, metric.GetProperty("experiments").EnumerateArray().Select(use => use.GetProperty(differs).GetString()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_list_is_read_a_page_at_a_time_by_name_and_by_name_or_event()
    {
        await CreateAsync("paged", string.Join(", ", Enumerable.Range(1, 7).Select(i => Inner($"page-{i}", i == 7 ? ", \"event\": \"page-turned\"" : ""))), "secondary");

        var names = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = (await server.GetAsync($"{List}?q=page-&limit=3&cursor={cursor}")).Body;
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"page-{i}"), names);
        Assert.Equal("page-7", Assert.Single((await server.GetAsync($"{List}?q=turned")).Body.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        var answer = (await server.GetAsync($"{List}?limit=0&cursor=_w")).IsProblem(400, "invalid_query");
        Assert.Equal(["limit", "cursor"], answer.Pointers);
    }

    [Fact]
    public async Task A_reader_that_has_the_page_gets_no_body_until_a_design_changes()
    {
        await CreateAsync("tagged", Metric("tagged", "secondary"));
        var first = await server.GetAsync($"{List}?q=tagged");
        Assert.Equal(304, (await server.GetAsync($"{List}?q=tagged", ("If-None-Match", first.ETag))).Status);
        await server.PostAsync("/api/v1/experiments/tagged/start");
        Assert.Equal(200, (await server.GetAsync($"{List}?q=tagged", ("If-None-Match", first.ETag))).Status);
        Assert.Equal("""{"items":[],"next_cursor":null}""", (await server.GetAsync($"{List}?q=nowhere")).Text);
    }

    private async Task CreateAsync(string key, string metric, string? role = null)
    {
        var metrics = role is null ? metric : $"\"{role}\": [ {metric} ]";
        var answer = await server.PostAsync("/api/v1/experiments", DesignText.Minimal(key).Replace("\"metrics\": {", $"\"metrics\": {{ {metrics},", StringComparison.Ordinal));
        Assert.True(answer.Status == 201, answer.Text);
    }

    private static string Metric(string name, string role, string more = "") => $"\"{role}\": [ {Inner(name, more)} ]";

    private static string Inner(string name, string more) =>
        $$"""{ "name": "{{name}}"{{(more.Contains("metric_type", StringComparison.Ordinal) ? "" : ", \"metric_type\": \"count\"")}}{{(more.Contains("direction", StringComparison.Ordinal) ? "" : ", \"direction\": \"decrease\"")}}{{more}} }""";
}
