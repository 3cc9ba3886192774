using System.Text;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Report;

namespace Assay.Server.Tests.Dashboard.Report;

public sealed class ReportPageTests
{
    private const string Address = "http://127.0.0.1:5080/experiments/x";

    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_report_needs_nothing_but_itself(string name)
    {
        var html = await HtmlAsync(Named(name));
        var page = Rendered.Parse(html);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.QuerySelectorAll("[src], link, iframe, object, embed, form, [style], [onclick], [onload]"));
        Assert.All(page.QuerySelectorAll("[href]"), link => Assert.StartsWith("#", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(ReportStyle.Css, Assert.Single(page.QuerySelectorAll("style")).TextContent);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_000, 100 * 1024);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Everything_is_in_sight_and_ids_are_unique(string name)
    {
        var page = Rendered.Parse(await HtmlAsync(Named(name)));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("details"));
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task It_says_what_the_page_says()
    {
        var sheet = Samples.Winner();
        var page = Rendered.Parse(await HtmlAsync(sheet));
        Assert.Equal(Headline.Of(sheet).Sentence, page.QuerySelector("#headline-text")!.TextContent);
        Assert.Equal(sheet.Readout!.Verdict.Reasons.Count, page.QuerySelectorAll("#verdict .reasons li").Length);
        Assert.NotNull(page.QuerySelector("#effects tr.good g.decided circle"));
        var how = page.QuerySelector("#how")!.TextContent;
        Assert.Contains("Always-valid confidence sequence", how, StringComparison.Ordinal);
        Assert.Contains("184,467", how, StringComparison.Ordinal);
        Assert.Contains(Address, how, StringComparison.Ordinal);
        var design = page.QuerySelector("#design")!.TextContent;
        Assert.Contains("A change that somebody believes in raises what they measure", design, StringComparison.Ordinal);
        Assert.Contains("control 50.0%, one-page 50.0%", design, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_experiment_leads_to_it() => Assert.Equal(
        "/api/v1/experiments/checkout-redesign/report",
        (await Rendered.PageAsync(Samples.Winner())).QuerySelectorAll(".meta a").Single(link => link.TextContent == "Report").GetAttribute("href"));

    [Fact]
    public async Task A_name_is_never_markup()
    {
        var design = Samples.Design("x", "<script>alert(1)</script>", ["control", "b"]);
        var html = await HtmlAsync(Samples.Sheet(design, [new(0.04, 0.01, 0.08, Analysis.Readouts.InferenceStatus.Ok)]));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("<script>alert(1)</script>", Rendered.Parse(html).QuerySelector("h1")!.TextContent);
    }

    private static Task<string> HtmlAsync(ExperimentSheet sheet) => Rendered.HtmlAsync<ReportPage>((nameof(ReportPage.Sheet), sheet), (nameof(ReportPage.Address), Address));

    private static ExperimentSheet Named(string name) => Samples.All.Single(sample => sample.Name == name).Sheet;
}
