using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Assay.Analysis.Tests.Derivations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Dashboard.Numbers;

public sealed class NumbersPageTests
{
    [Theory]
    [InlineData("purchase")]
    [InlineData("revenue")]
    [InlineData("refund")]
    public async Task The_numbers_shown_put_into_the_formula_shown_give_the_number_beside_it(string metric)
    {
        await using var server = await FilledAsync();
        var tables = new List<IElement>();
        foreach (var reference in (string[])["", "&reference=true"])
            tables.AddRange(Rendered.Parse(await server.Client.GetStringAsync($"/experiments/checkout/numbers?metric={metric}{reference}")).QuerySelectorAll($"{(reference.Length > 0 ? "#arm-1 " : "")}table.derived"));
        Assert.InRange(tables.Count, 4, 7);
        var formulas = 0;
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in tables.SelectMany(table => table.QuerySelectorAll("tbody tr")))
        {
            if (row.QuerySelector("td.num data") is not { } shown) continue;
            var value = Number(shown);
            known[row.GetAttribute("data-symbol")!] = value;
            if (row.QuerySelector(".filled") is not { } filled || filled.TextContent.StartsWith("E(", StringComparison.Ordinal)) continue;
            var (left, right) = FormulaReader.Read(Formula(filled, out var numbers), symbol => numbers.TryGetValue(symbol, out var number) ? number : known[symbol]);
            Assert.True(right is { } other ? left.Is(other.Value) : left.Is(value), $"{row.GetAttribute("data-symbol")} = {filled.TextContent}: {left} beside {right?.Value ?? value:R}");
            formulas++;
        }

        Assert.InRange(formulas, 20, 200);
    }

    [Fact]
    public async Task A_wrong_parameter_is_named_with_what_is_possible()
    {
        await using var server = new Assay.Server.Tests.Hosting.HostServer();
        await server.InitializeAsync();
        await server.StartExperimentAsync("asked");
        var (status, page) = await server.OpenAsync("/experiments/asked/numbers?metric=nope&treatment=other");
        Assert.Equal(400, status);
        Assert.Equal(["metric: There is no metric 'nope' here. There are: purchase.", "treatment: There is no treatment 'other'. There are: one-page."], page.QuerySelectorAll("main li").Select(item => item.TextContent));
        (status, page) = await server.OpenAsync("/experiments/asked/numbers?reference=perhaps");
        Assert.Equal((400, "reference: 'perhaps' is not possible. Possible are: true, false."), (status, page.QuerySelector("main li")!.TextContent));
    }

    [Fact]
    public async Task A_page_of_one_variation_of_ten_with_covariates_stays_below_sixty_kilobytes()
    {
        await using var server = await RunningServer.StartAsync();
        var arms = string.Join(',', Enumerable.Range(0, 10).Select(arm => $$"""{"key":"arm-{{arm}}"}"""));
        var (status, body) = await server.PostAsync("experiments", $$"""
            {
              "key": "ten", "setup": { "variations": [ {{arms}} ] },
              "metrics": {
                "primary_metric_name": "spend", "metric_type": "continuous", "baseline_value": 5, "std_dev": 4, "mde_pct": 20, "attribution_window_hours": 1,
                "guardrails": [ { "name": "returns", "metric_type": "continuous", "direction": "decrease", "non_inferiority_margin_pct": 10, "baseline_value": 5, "std_dev": 4 } ],
                "covariates": [ { "name": "before", "source": "pre_period" } ]
              }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        await server.BeginAsync("ten", TimeProvider.System.GetUtcNow().AddDays(-2));
        var at = TimeProvider.System.GetUtcNow().AddHours(-20).ToString("O", CultureInfo.InvariantCulture);
        var units = Enumerable.Range(0, 1_500).ToList();
        await server.RecordAsync("experiments/ten/exposures", $$"""{"exposures":[{{string.Join(',', units.Select(unit => $$"""{"user_id":"u{{unit}}","variation_index":{{unit % 10}},"occurred_at":"{{at}}"}"""))}}]}""");
        foreach (var metric in (string[])["spend", "returns"])
            await server.RecordAsync("experiments/ten/conversions", $$"""{"conversions":[{{string.Join(',', units.Where(unit => unit % 3 > 0).Select(unit => $$"""{"user_id":"u{{unit}}","metric":"{{metric}}","value":{{unit % 13}}.7,"occurred_at":"{{at}}","idempotency_key":"{{metric}}{{unit}}"}"""))}}]}""");
        await server.RecordAsync("experiments/ten/pre-period", $$"""{"values":[{{string.Join(',', units.Select(unit => $$"""{"user_id":"u{{unit}}","covariate":"before","value":{{unit % 7}}.1}"""))}}]}""");
        foreach (var query in (string[])["", "?treatment=arm-7&reference=true", "?metric=returns&treatment=arm-9"])
        {
            var html = await server.Client.GetStringAsync($"/experiments/ten/numbers{query}");
            Assert.Single(Rendered.Parse(html).QuerySelectorAll("section[id^=arm-]"));
            Assert.InRange(Encoding.UTF8.GetByteCount(html), 10_000, 60 * 1024);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/experiments/ten/numbers?treatment=arm-0")).StatusCode);
    }

    [Fact]
    public async Task The_interval_that_it_ends_with_is_the_one_of_live_stats()
    {
        await using var server = await FilledAsync();
        var page = Rendered.Parse(await server.Client.GetStringAsync("/experiments/checkout/numbers"));
        var comparison = (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("comparisons")[0];
        var decision = comparison.GetProperty("decision");
        var rows = page.QuerySelectorAll("#arm-1 table.derived")[2].QuerySelectorAll("tbody tr").ToDictionary(row => row.GetAttribute("data-symbol")!, row => row.QuerySelector("td.num data"), StringComparer.Ordinal);
        Assert.Equal(comparison.GetProperty("always_valid").GetProperty("mixture_variance").GetDouble(), Number(rows["τ²"]!));
        Assert.Equal((decision.GetProperty("ci_lower").GetDouble(), decision.GetProperty("ci_upper").GetDouble(), decision.GetProperty("p_value").GetDouble()), (Number(rows["L"]!), Number(rows["U"]!), Number(rows["p"]!)));
        Assert.Equal(["control", "one-page"], page.QuerySelectorAll("#ratio tbody tr").Take(3).Select(row => row.QuerySelector("th")!.TextContent).Where(text => text.StartsWith("Units", StringComparison.Ordinal)).Select(text => text.Split(", ")[1].Split(' ')[0]));
        Assert.Contains(page.QuerySelectorAll("#source a"), link => link.GetAttribute("href")!.StartsWith("/api/v1/experiments/checkout/moments?as_of=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_digit_stands_under_the_readable_number_and_nothing_is_inline()
    {
        await using var server = await FilledAsync();
        var page = Rendered.Parse(await server.Client.GetStringAsync("/experiments/checkout/numbers?metric=revenue"));
        foreach (var cell in page.QuerySelectorAll("table.derived td.num").Where(cell => cell.QuerySelector("data") is not null))
        {
            var data = cell.QuerySelector("data")!;
            Assert.Equal(data.GetAttribute("value"), cell.QuerySelector("small")!.TextContent);
            Assert.Equal(data.GetAttribute("value"), Number(data).ToString("G17", CultureInfo.InvariantCulture));
        }

        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Equal("/api/v1/experiments/checkout/live-stats/stream", page.Body!.GetAttribute("data-stream"));
        Assert.All(page.QuerySelectorAll("[data-live]"), section => Assert.NotNull(section.Id));
        Assert.Equal(["purchase", "revenue", "refund"], page.QuerySelector<IHtmlFormElement>("form.pick")!.QuerySelectorAll("option").Select(option => option.TextContent));
    }

    [Fact]
    public async Task A_draft_has_a_sentence_and_what_is_not_there_is_told()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync("draft");
        Assert.Contains("Nothing is measured yet", await server.Client.GetStringAsync("/experiments/draft/numbers"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/experiments/nowhere/numbers")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/experiments/draft/numbers?metric=clicks")).StatusCode);
    }

    /// <summary>Enough units with covariates for the sequence to speak.</summary>
    private static async Task<RunningServer> FilledAsync()
    {
        var time = new FakeTimeProvider(Events.Samples.Arrival);
        var server = await RunningServer.StartWithExperimentAsync(Events.Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        await History.SendAsync(server, History.Of(units: 2400));
        return server;
    }

    private static double Number(IElement data) => double.Parse(data.GetAttribute("value")!, CultureInfo.InvariantCulture);

    /// <summary>The text of a filled formula, in which each number shown stands for all its digits.</summary>
    private static string Formula(IElement filled, out Dictionary<string, double> numbers)
    {
        var text = new StringBuilder();
        numbers = new(StringComparer.Ordinal);
        foreach (var node in filled.ChildNodes)
        {
            if (node is not IElement { LocalName: "data" } data)
            {
                text.Append(node.TextContent);
                continue;
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"#{numbers.Count}");
            numbers[name] = Number(data);
            text.Append('{').Append(name).Append('}');
        }

        return text.ToString();
    }
}
