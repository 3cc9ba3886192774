using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard;

namespace Assay.Server.Tests.Dashboard;

public sealed class LooksSectionTests
{
    [Fact]
    public async Task The_page_shows_the_bound_the_path_and_each_look()
    {
        var section = (await Rendered.PageAsync(Sheet(Look(1, 0.3, 1.2, 4.1), Look(2, 0.6, 3.4, 2.9, crossed: true)))).QuerySelector("#looks")!;
        Assert.Contains("z 3.400 at look 2 of 3, at 60.0% of the information; its bound is ±2.900. crossed at look 2.", section.QuerySelector("title")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, section.QuerySelectorAll("circle.spot").Length);
        Assert.Equal(["1", "2"], section.QuerySelectorAll("#looks-table tbody th").Select(look => look.TextContent));
        Assert.Contains("±4.100", section.QuerySelector("#looks-table tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(section.QuerySelector("circle.crossed"));
        Assert.Equal(2, section.QuerySelectorAll("#looks-table tbody tr").Length);
        Assert.Contains("2 of 3", section.QuerySelector(":scope > .scroll tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_ten_arms_at_fifty_looks_the_page_stays_as_small_as_any()
    {
        var html = await Rendered.HtmlAsync(Many());
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 40_000, 60 * 1024);
        var section = Rendered.Parse(html).QuerySelector("#looks")!;
        Assert.Equal((9, 5, 5), (section.QuerySelectorAll(":scope > .scroll tbody tr").Length, section.QuerySelectorAll("circle.spot").Length, section.QuerySelectorAll("#looks-table tbody tr").Length));
        Assert.Equal("50", section.QuerySelectorAll("#looks-table tbody th")[4].TextContent);
        Assert.Contains("45 earlier looks in the", section.QuerySelector("#looks-table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(51, section.QuerySelector("path.power")!.GetAttribute("d")!.Split('L').Length);
    }

    [Fact]
    public async Task Before_the_first_look_it_says_so()
    {
        var section = (await Rendered.PageAsync(Sheet())).QuerySelector("#looks")!;
        Assert.Contains("none of 3 looks taken yet", section.QuerySelector("title")!.TextContent, StringComparison.Ordinal);
        Assert.Null(section.QuerySelector("#looks-table"));
        Assert.Contains("none taken yet", section.QuerySelector(":scope > .scroll tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_design_without_looks_has_no_such_section() => Assert.Null((await Rendered.PageAsync(Samples.Winner())).QuerySelector("#looks"));

    private static ExperimentSheet Many()
    {
        var sheet = Samples.TenArms();
        var arms = Enumerable.Range(1, 9).ToList();
        var readout = sheet.Readout! with
        {
            Sequential = sheet.Readout.Sequential with
            {
                NLooks = 50,
                Looks = [.. from look in Enumerable.Range(1, 50) from arm in arms select Look(look, look / 50.0, 1.234 * arm / 9, 10.0 / look) with { TreatmentIndex = arm }],
                Comparisons = [.. arms.Select(arm => new SequentialComparison { Metric = "purchase", TreatmentIndex = arm, InformationFraction = 0.9876, CurrentBoundaryZ = null, AlphaSpent = 0.01 })],
            },
        };
        var experiment = sheet.Experiment with { Plan = sheet.Experiment.Plan with { Boundaries = [.. Enumerable.Range(1, 50).Select(look => new PlannedBoundary(look, look / 50.0, 10.0 / look, look / 1000.0))] } };
        return new ExperimentSheet(experiment, readout, sheet.Ingestion, sheet.Now) { Course = sheet.Course };
    }

    private static ExperimentSheet Sheet(params LookReadout[] looks)
    {
        var design = Samples.Design("stages", "Stages", ["control", "b"], analysis: AnalysisMethod.GroupSequential);
        var sheet = Samples.Sheet(design with { Constraints = design.Constraints with { NLooks = 3 } }, [new(0.1, 0.02, 0.2, InferenceStatus.Ok)]);
        var readout = sheet.Readout! with
        {
            Sequential = sheet.Readout.Sequential with
            {
                NLooks = 3,
                Looks = looks,
                Comparisons = [new SequentialComparison { Metric = "purchase", TreatmentIndex = 1, InformationFraction = 0.6, CurrentBoundaryZ = null, AlphaSpent = 0.01 }],
            },
        };
        var experiment = sheet.Experiment with { Plan = sheet.Experiment.Plan with { Boundaries = [new(1, 1 / 3.0, 3.7, 0.0001), new(2, 2 / 3.0, 2.5, 0.01), new(3, 1, 2, 0.05)] } };
        return new ExperimentSheet(experiment, readout, sheet.Ingestion, sheet.Now);
    }

    private static LookReadout Look(int number, double fraction, double z, double bound, bool crossed = false) => new()
    {
        Metric = "purchase",
        TreatmentIndex = 1,
        Look = number,
        TakenAt = Samples.Now.AddDays(number - 9),
        Watermark = number,
        InformationFraction = fraction,
        Z = z,
        BoundaryZ = bound,
        Crossed = crossed,
    };
}
