using System.Text;
using AngleSharp.Html.Dom;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard;

/// <summary>However much an experiment measures, its page stays small; all of it is on pages of their own.</summary>
public sealed class EffectsPageTests : IAsyncLifetime
{
    private readonly HostServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(2, 15, 10, 1)]
    [InlineData(2, 29, 10, 2)]
    [InlineData(3, 29, 10, 3)]
    [InlineData(10, 29, 10, 14)]
    public async Task Every_page_stays_small_and_together_they_show_every_comparison_once(int arms, int secondary, int guardrails, int pages)
    {
        await FillAsync("much", arms, secondary, guardrails);
        var first = await PageAsync("/experiments/much");
        Assert.Equal(pages == 1, first.QuerySelector("#effects a") is null);
        var shown = new List<string>();
        for (var page = 1; page <= pages; page++)
        {
            var html = await PageAsync($"/experiments/much/effects?page={page}");
            shown.AddRange(Rows(html));
            Assert.Equal(page < pages, html.QuerySelector("a[rel=next]") is not null);
            Assert.Equal(page > 1, html.QuerySelector("a[rel=prev]") is not null);
        }

        Assert.Equal((1 + secondary + guardrails) * (arms - 1), shown.Count);
        Assert.Equal(shown.Count, shown.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Rows(await PageAsync("/experiments/much/effects")), Rows(first));

        // What decides stands first: no guardrail is behind a secondary metric that informs.
        Assert.Contains("primary", first.QuerySelector(".forest .tag")!.TextContent, StringComparison.Ordinal);
        if (arms == 10) Assert.All(Rows(first).Skip(arms - 1), row => Assert.StartsWith("guardrail", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("two")]
    [InlineData("-1")]
    public async Task A_page_that_is_not_there_is_refused_with_what_is_possible(string page)
    {
        await FillAsync("some", 2, 29, 10);
        var answer = await _server.GetAsync($"/experiments/some/effects?page={page}", ("Accept", "text/html"));
        Assert.Equal(400, answer.Status);
        Assert.Contains("1 to 2", answer.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await _server.GetAsync("/experiments/nobody/effects", ("Accept", "text/html"))).Status);
    }

    /// <summary>A metric and a treatment each.</summary>
    private static IEnumerable<string> Rows(IHtmlDocument page) => page.QuerySelectorAll(".forest tbody").SelectMany(metric =>
        metric.QuerySelectorAll("tr:not(.metric)").Select(row => $"{metric.QuerySelector(".metric .name")!.TextContent}, {row.QuerySelector("th")!.TextContent}"));

    private async Task<IHtmlDocument> PageAsync(string path)
    {
        var answer = await _server.GetAsync(path);
        Assert.Equal(200, answer.Status);
        Assert.InRange(Encoding.UTF8.GetByteCount(answer.Text), 1_000, 60 * 1024);
        var page = Rendered.Parse(answer.Text);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 0, 400);
        return page;
    }

    private async Task FillAsync(string key, int arms, int secondary, int guardrails)
    {
        string Metrics(string role, int count, string more) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"name":"{{role}} {{i}} with a name that is rather long","event":"e{{i}}","metric_type":"binary"{{more}}}"""));
        var answer = await _server.PostAsync("/api/v1/experiments", $$"""
            {
              "key": "{{key}}", "name": "{{new string('n', 100)}}",
              "setup": { "variations": [{{string.Join(',', Enumerable.Range(0, arms).Select(arm => $$"""{"key":"a-long-key-of-variation-{{arm}}"}"""))}}] },
              "metrics": {
                "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.5, "mde_pct": 20, "attribution_window_hours": 1,
                "secondary": [{{Metrics("secondary", secondary, "")}}],
                "guardrails": [{{Metrics("guardrail", guardrails, ""","direction":"decrease","non_inferiority_margin_pct":10""")}}]
              }
            }
            """);
        Assert.True(answer.Status == 201, answer.Text);
        Assert.Equal(200, (await _server.PostAsync($"/api/v1/experiments/{key}/start")).Status);
        const int Units = 120;
        string exposures = string.Join(',', Enumerable.Range(0, Units * arms).Select(unit => $$"""{"user_id":"u{{unit}}","variation_index":{{unit % arms}}}"""));
        Assert.Equal(200, (await _server.PostAsync($"/api/v1/experiments/{key}/exposures", $$"""{"exposures":[{{exposures}}]}""")).Status);
        var events = Enumerable.Range(0, Units * arms).SelectMany(unit => Enumerable.Range(-1, 30).Where(metric => (unit + metric + 1) % 3 == 0).Select(metric => $$"""{"user_id":"u{{unit}}","name":"{{(metric < 0 ? "purchase" : $"e{metric}")}}"}""")).Chunk(5_000);
        foreach (var batch in events) Assert.Equal(200, (await _server.PostAsync("/api/v1/events", $$"""{"events":[{{string.Join(',', batch)}}]}""")).Status);
        _server.Clock.Advance(TimeSpan.FromHours(6));
    }
}
