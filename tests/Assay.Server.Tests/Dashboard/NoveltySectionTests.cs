using Assay.Analysis.Readouts;
using Assay.Server.Dashboard;

namespace Assay.Server.Tests.Dashboard;

public sealed class NoveltySectionTests
{
    [Fact]
    public async Task The_page_shows_each_age_with_its_band_and_the_numbers_behind_them()
    {
        var section = (await Rendered.PageAsync(Samples.Winner())).QuerySelector("#novelty")!;
        Assert.Equal("Fades with age", section.QuerySelector("h2 .pill")!.TextContent);
        Assert.Equal("purchase, one-page: +14.0% on day 1, +2.00% on day 7. Fades with age.", section.QuerySelector("title")!.TextContent);
        Assert.Equal((7, 7), (section.QuerySelectorAll("circle.spot").Length, section.QuerySelectorAll("line.whisker").Length));
        Assert.Equal(["day 1", "4.00%", "4.40%", "+14.0%", "+10.0% to +18.0%"], section.QuerySelector("#novelty-table tbody tr")!.Children.Select(cell => cell.TextContent));
        Assert.Equal(["purchase, one-page", "−2.02%", "−2.96% to −0.995%", "0.002", "Fades with age"], section.QuerySelectorAll("#novelty-table tbody")[1].QuerySelector("tr")!.Children.Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Of_many_comparisons_the_table_of_what_one_should_also_know_names_those_that_change()
    {
        var page = await Rendered.PageAsync(Samples.TenArms());
        Assert.Null(page.QuerySelector("#novelty"));
        Assert.Equal([true, false, false], page.QuerySelectorAll("#also tbody th").Select(name => name.TextContent.Contains("Fades with age", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Before_there_is_anything_to_see_there_is_no_picture()
    {
        var section = (await Rendered.PageAsync(Samples.Empty())).QuerySelector("#novelty")!;
        Assert.Equal("Not enough units yet", section.QuerySelector("h2 .pill")!.TextContent);
        Assert.Null(section.QuerySelector("svg"));
    }

    [Fact]
    public async Task Where_no_ages_are_kept_there_is_no_such_section()
    {
        var sheet = Samples.Winner();
        var none = sheet.Readout!.Also[0].Novelty with { Status = NoveltyStatus.ShortWindow, Ages = [] };
        var without = sheet.Readout with { Also = [.. sheet.Readout.Also.Select(also => also with { Novelty = none })] };
        Assert.Null((await Rendered.PageAsync(new ExperimentSheet(sheet.Experiment, without, sheet.Ingestion, sheet.Now))).QuerySelector("#novelty"));
    }

    [Fact]
    public async Task A_false_positive_risk_says_where_its_prior_is_from()
    {
        Assert.Contains("For reference: the verdict reads none of it. Prior: 15.0%, the design's.", (await Rendered.PageAsync(Samples.Winner())).QuerySelector("#also")!.TextContent, StringComparison.Ordinal);
        var sheet = Samples.Winner();
        var risk = sheet.Readout!.Also[0].FalsePositiveRisk! with { PriorSource = "record", DecidedExperiments = 1_234, SuccessfulExperiments = 200 };
        var recorded = sheet.Readout with { Also = [.. sheet.Readout.Also.Select(also => also with { FalsePositiveRisk = risk })] };
        var page = await Rendered.PageAsync(new ExperimentSheet(sheet.Experiment, recorded, sheet.Ingestion, sheet.Now));
        Assert.Contains("Prior: 15.0%, from 200 shipped of 1,234 experiments decided before this one began.", page.QuerySelector("#also")!.TextContent, StringComparison.Ordinal);
    }
}
