using Assay.Server.Dashboard;

namespace Assay.Server.Tests.Dashboard;

public sealed class ListPageTests
{
    [Fact]
    public async Task An_empty_installation_says_what_to_do()
    {
        var page = await Rendered.ListAsync([]);
        Assert.Contains("./assay demo", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("curl http://127.0.0.1:5080/api/v1/experiments", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bar_leads_to_the_documents_of_the_api() =>
        Assert.Equal("/docs", (await Rendered.ListAsync([])).QuerySelectorAll("header nav a").Single(link => link.TextContent == "API").GetAttribute("href"));

    [Fact]
    public async Task An_item_tells_status_day_progress_and_effect()
    {
        var item = (await Rendered.ListAsync(Samples.Winner())).QuerySelector("li.item")!;
        var text = string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Ready to decide", text, StringComparison.Ordinal);
        Assert.Contains("Day 9 of 21", text, StringComparison.Ordinal);
        Assert.Contains("39%", text, StringComparison.Ordinal);
        Assert.Contains("+4.70% (+1.20% to +8.30%)", text, StringComparison.Ordinal);
        Assert.Equal("/experiments/checkout-redesign", item.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Under_an_alarm_no_effect_is_drawn()
    {
        var item = (await Rendered.ListAsync(Samples.Mismatch())).QuerySelector("li.item")!;
        Assert.Equal("! Sample ratio alarm", item.QuerySelector(".pill")!.TextContent);
        Assert.Null(item.QuerySelector("svg.mini"));
    }

    [Fact]
    public async Task A_long_list_shows_the_most_urgent_and_says_how_many_more()
    {
        var sheets = Enumerable.Range(0, 60).Select(index => Samples.Sheet(Samples.Design($"e{index}", "E", ["control", "b"]), [new(0.003, -0.02, 0.03, Assay.Analysis.Readouts.InferenceStatus.Ok)])).ToList();
        var page = await Rendered.ListAsync((IReadOnlyList<ExperimentSheet>)sheets);
        Assert.InRange(page.DocumentElement.OuterHtml.Length, 1, 60 * 1024);
        Assert.Equal(40, page.QuerySelectorAll("li.item").Length);
        Assert.Contains("20 more", page.Body!.TextContent, StringComparison.Ordinal);
    }
}
