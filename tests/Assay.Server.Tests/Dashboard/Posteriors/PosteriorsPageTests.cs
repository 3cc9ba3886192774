using System.Net;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Posteriors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Dashboard.Posteriors;

public sealed class PosteriorsPageTests
{
    [Fact]
    public async Task A_hill_has_its_credible_interval_marked_its_numbers_beside_and_says_that_it_is_for_reference()
    {
        var page = await PageAsync(Samples.Winner());
        var section = page.QuerySelector("#arm-1")!;
        Assert.Equal(2, section.QuerySelectorAll("path.band").Length);
        Assert.Equal(2, section.QuerySelectorAll("line.mark").Length);
        Assert.NotEmpty(section.QuerySelectorAll("line.zero"));
        Assert.Contains("no error rate", page.QuerySelector(".lede")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("for reference", section.QuerySelector("h2 .pill.calm")!.TextContent);
        Assert.Empty(page.QuerySelectorAll(".good, .bad"));
        var block = Samples.Winner().Readout!.Comparisons[0].Bayesian;
        Assert.Equal(Figures.Probability(block.ProbabilityTreatmentBeatsControl), section.QuerySelectorAll("dd")[0].TextContent);
        Assert.Equal(23, section.QuerySelectorAll("tbody tr").Length);
        Assert.Contains(section.QuerySelectorAll("tbody td"), cell => cell.TextContent.StartsWith('9') || cell.TextContent.StartsWith("100", StringComparison.Ordinal));
        Assert.StartsWith("purchase, ", section.QuerySelector("svg title")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_arms_are_nine_hills_and_few_marks()
    {
        var page = await PageAsync(Samples.TenArms());
        Assert.Equal(9, page.QuerySelectorAll("section.panel").Length);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 36, 400);
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
    }

    [Fact]
    public async Task Without_units_there_is_a_sentence()
    {
        Assert.Contains("There is no curve", (await PageAsync(Samples.Empty())).QuerySelector("#arm-1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is measured yet", (await PageAsync(Samples.Draft())).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_its_file_are_of_what_live_stats_tells()
    {
        var time = new FakeTimeProvider(Events.Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Events.Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        await History.SendAsync(server, History.Of(units: 300));
        var block = (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("comparisons")[0].GetProperty("bayesian");
        var page = Rendered.Parse(await server.Client.GetStringAsync("/experiments/checkout/posterior"));
        Assert.Equal(Figures.Probability(block.GetProperty("probability_treatment_beats_control").GetDouble()), page.QuerySelectorAll("#arm-1 dd")[0].TextContent);
        using var file = await server.Client.GetAsync(page.QuerySelector("a[href*='posterior.svg']")!.GetAttribute("href"));
        Assert.Equal(("image/svg+xml", "attachment; filename=\"checkout-posterior.svg\""), (file.Content.Headers.ContentType!.ToString(), file.Content.Headers.ContentDisposition!.ToString()));
        Assert.Equal(2, XDocument.Parse(await file.Content.ReadAsStringAsync()).Root!.Descendants("{http://www.w3.org/2000/svg}path").Count());

        await server.CreateAsync("draft");
        foreach (var (path, status) in ((string, HttpStatusCode)[])
            [("nowhere/posterior", HttpStatusCode.NotFound), ("checkout/posterior?metric=revenue", HttpStatusCode.BadRequest), ("checkout/posterior.svg?treatment=x", HttpStatusCode.BadRequest), ("draft/posterior", HttpStatusCode.OK), ("draft/posterior.svg", HttpStatusCode.NotFound), ("nowhere/posterior.svg", HttpStatusCode.NotFound)])
        {
            using var answer = await server.Client.GetAsync($"/experiments/{path}");
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    private static async Task<IHtmlDocument> PageAsync(ExperimentSheet sheet)
    {
        var metric = sheet.Design.Metrics.Primary.Name;
        return Rendered.Parse(await Rendered.HtmlAsync<PosteriorsPage>((nameof(PosteriorsPage.Sheet), sheet), (nameof(PosteriorsPage.Metric), metric), (nameof(PosteriorsPage.Posteriors), PosteriorSheet.Of(sheet, metric))));
    }
}
