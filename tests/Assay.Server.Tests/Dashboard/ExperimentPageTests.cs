using System.Text;
using AngleSharp.Dom;
using Assay.Server.Dashboard;

namespace Assay.Server.Tests.Dashboard;

public sealed class ExperimentPageTests
{
    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_small_and_has_one_heading_and_a_name_for_every_picture(string name)
    {
        var html = await Rendered.HtmlAsync(Named(name));
        var page = Rendered.Parse(html);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_000, 60 * 1024);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.All(page.QuerySelectorAll("svg"), picture => Assert.True(
            picture.HasAttribute("aria-hidden") || picture.ParentElement!.Closest("svg") is not null || picture is { } && picture.GetAttribute("role") == "img" && picture.QuerySelector("title")?.TextContent is { Length: > 0 },
            picture.OuterHtml));
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 0, 400);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ids_are_unique_and_live_sections_have_one(string name)
    {
        var page = await Rendered.PageAsync(Named(name));
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.All(page.QuerySelectorAll("[data-live]"), section => Assert.NotNull(section.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_inline_or_from_elsewhere(string name)
    {
        var page = await Rendered.PageAsync(Named(name));
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.All(page.QuerySelectorAll("[src], link[href]"), asset => Assert.StartsWith("/assets/", asset.GetAttribute("src") ?? asset.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_decision_and_the_reference_stand_apart()
    {
        var row = (await Rendered.PageAsync(Samples.Winner())).QuerySelector("#effects tbody tr.good")!;
        Assert.Equal("+4.70% +1.20% to +8.30%", Text(row.QuerySelector("td.num")!));
        Assert.Equal("+5.10% +2.00% to +8.30%", Text(row.QuerySelector("td.reference")!));
        Assert.NotNull(row.QuerySelector("g.decided circle"));
        Assert.NotNull(row.QuerySelector("g.running circle"));
    }

    [Fact]
    public async Task Colour_follows_the_desired_direction_and_a_word_stands_beside_it()
    {
        var row = (await Rendered.PageAsync(Samples.Latency())).QuerySelector("#effects tbody tr:nth-child(2)")!;
        Assert.Equal("good", row.ClassName);
        Assert.Equal("↓ Better", Text(row.QuerySelector(".pill")!));
    }

    [Fact]
    public async Task Ten_arms_have_nine_rows_a_metric()
    {
        var page = await Rendered.PageAsync(Samples.TenArms());
        Assert.Equal(9, page.QuerySelector("#effects tbody")!.QuerySelectorAll("td.plot").Length);
        Assert.Equal(10, page.QuerySelectorAll("#arms tbody tr").Length);
    }

    [Fact]
    public async Task Health_lists_what_was_found_the_worst_first_and_folds_the_rest()
    {
        var section = (await Rendered.PageAsync(Samples.Mismatch())).QuerySelector("#health")!;
        var found = section.QuerySelectorAll("#health > .checks > li").ToList();

        Assert.Equal(["health-sample-ratio", "health-traffic"], found.Select(item => item.Id));
        Assert.Contains("! Problem", found[0].QuerySelector("h3")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("sample_ratio", found[0].QuerySelector("h3")!.TextContent, StringComparison.Ordinal);
        var lines = found[0].QuerySelectorAll("p").Select(line => line.TextContent).ToList();
        Assert.StartsWith("What was found of SampleRatio", lines[0], StringComparison.Ordinal);
        Assert.Equal("What to do: Mend SampleRatio.", lines[1]);
        Assert.Contains("starts at: units exposed · 2026-03-08: 10 : 120; adjusted p <0.001", lines[2], StringComparison.Ordinal);
        var quiet = section.QuerySelectorAll("#health-quiet li").ToList();
        Assert.Equal((15, "health-crossovers", "health-concurrent-assignment"), (quiet.Count, quiet[0].Id, quiet[^1].Id));
        Assert.StartsWith("✓ OK: About Crossovers What was found of Crossovers", quiet[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verdict_stands_first_with_its_reasons_and_a_place_for_each_treatment()
    {
        var page = await Rendered.PageAsync(Samples.TenArms());
        var section = page.QuerySelector("#verdict")!;
        Assert.Equal("verdict", page.QuerySelectorAll("section.panel")[0].Id);
        Assert.Equal(("✓ Ship", "What is recommended (Ship)."), (Text(section.QuerySelector("h2 .pill")!), Text(section.QuerySelector(".verdict")!)));
        Assert.Equal((5, 13, "13 more reasons"), (section.QuerySelectorAll("#verdict > .reasons > li").Length, section.QuerySelectorAll("#verdict-more li").Length, Text(section.QuerySelector("#verdict-more summary")!)));
        Assert.Equal(["reason-guardrails-safe", "reason-too-early"], section.QuerySelectorAll(".reasons li[id]").Select(reason => reason.Id));
        var places = section.QuerySelectorAll("#ranking tbody tr").Select(Text).ToList();
        Assert.Equal(9, places.Count);
        Assert.Contains("cannot be told apart from", places[1], StringComparison.Ordinal);
        Assert.Contains("– Nothing worthwhile", places[1], StringComparison.Ordinal);
        Assert.Equal(["<0.1% · 42.0%", "12 · –", "+3.12%", "10.3%", "+8,760 (−1,095 or more)"], section.QuerySelector("#also tbody tr")!.QuerySelectorAll("td").Select(Text));
        Assert.Contains("look for a defect first", Text(section.QuerySelector("#also tbody tr")!), StringComparison.Ordinal);
        Assert.Contains("Fades with age", Text(section.QuerySelector("#also tbody tr")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_data_have_a_problem_the_verdict_is_to_investigate()
    {
        var section = (await Rendered.PageAsync(Samples.Mismatch())).QuerySelector("#verdict")!;
        Assert.Equal(("! Investigate", "reason-health-problem"), (Text(section.QuerySelector(".pill")!), section.QuerySelector("li")!.Id));
    }

    [Fact]
    public async Task Segments_are_described_by_value_and_arm_without_any_test()
    {
        var section = (await Rendered.PageAsync(Samples.Segmented())).QuerySelector("#segments")!;
        Assert.Equal(["country", "platform"], section.QuerySelectorAll("thead tr:first-child th:first-child").Select(Text));
        Assert.Equal(["DE", "<b>", "other any value not declared", "none no value"], section.QuerySelector("table")!.QuerySelectorAll("tbody th").Select(Text));
        Assert.Equal(["46,116", "4.00%", "46,116", "5.00%"], section.QuerySelector("tbody tr")!.QuerySelectorAll("td").Select(Text));
        Assert.Equal(["0", "–", "0", "–"], section.QuerySelector("tbody tr:last-child")!.QuerySelectorAll("td").Select(Text));
        Assert.Empty(section.QuerySelectorAll(".good, .bad, .pill, svg"));
    }

    [Fact]
    public async Task Segments_stand_behind_the_checks_and_without_units_say_so_instead_of_rows_of_zeros()
    {
        var panels = (await Rendered.PageAsync(Samples.Segmented())).QuerySelectorAll("section.panel").Select(panel => panel.Id).ToList();
        Assert.True(panels.IndexOf("segments") > panels.IndexOf("guardrails") && panels.IndexOf("guardrails") >= 0, string.Join(' ', panels));
        var empty = (await Rendered.PageAsync(Samples.EmptySegments())).QuerySelector("#segments")!;
        Assert.Empty(empty.QuerySelectorAll("table"));
        Assert.Contains("No unit has been exposed yet.", empty.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_declared_segments_the_page_has_none() => Assert.Null((await Rendered.PageAsync(Samples.Winner())).QuerySelector("#segments"));

    [Fact]
    public async Task Without_units_the_page_says_so_and_draws_no_effect()
    {
        var page = await Rendered.PageAsync(Samples.Empty());
        Assert.Contains("no unit has been exposed", page.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("#effects table"));
    }

    [Fact]
    public async Task A_name_is_text_and_never_markup()
    {
        var page = await Rendered.PageAsync(Samples.Sheet(Samples.Design("x", "<script>alert(1)</script>", ["control", "<b>\"&"]), [new(0.1, 0.05, 0.2, Assay.Analysis.Readouts.InferenceStatus.Ok)]));
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main b, main script"));
    }

    [Fact]
    public async Task How_it_was_computed_links_to_the_same_numbers_as_json() => Assert.Equal(
        [
            "/experiments/checkout-redesign/numbers",
            "/experiments/checkout-redesign/audit",
            "/experiments/checkout-redesign/posterior",
            .. ((string[])["", "/live-stats", "/timeline", "/moments", "/verdicts", "/decisions"]).Select(part => $"/api/v1/experiments/checkout-redesign{part}"),
            "/api/v1/experiments/checkout-redesign/ingestion",
        ],
        (await Rendered.PageAsync(Samples.Winner())).QuerySelectorAll("#how a").Select(link => link.GetAttribute("href")));

    private static ExperimentSheet Named(string name) => Samples.All.Single(sample => sample.Name == name).Sheet;

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
