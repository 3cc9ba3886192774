using System.Text;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Charts;
using Assay.Server.Dashboard.Course;
using Assay.Server.Dashboard.Pages;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Dashboard.Course;

public sealed class CoursePageTests
{
    [Fact]
    public async Task The_page_of_an_experiment_shows_one_course_and_leads_to_the_others()
    {
        var section = (await Rendered.PageAsync(Samples.TenArms())).QuerySelector("#course")!;
        Assert.Single(section.QuerySelectorAll("svg[role=img]"));
        Assert.Equal(2, section.QuerySelectorAll("path").Length);
        Assert.Equal("/experiments/headline-test/course", section.QuerySelector("a")!.GetAttribute("href"));
        Assert.StartsWith("purchase, headline-", section.QuerySelector("title")!.TextContent, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(section.OuterHtml), 1000, 3 * 1024);
    }

    [Fact]
    public async Task Before_units_complete_there_is_a_sentence_and_no_picture()
    {
        var section = (await Rendered.PageAsync(Samples.Unfinished())).QuerySelector("#course")!;
        Assert.Empty(section.QuerySelectorAll("svg"));
        Assert.Contains("No unit has completed yet", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("No unit has completed yet", (await PageAsync(null)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ninety_days_are_points_that_lead_to_their_rows()
    {
        var page = await PageAsync(Course(Samples.Winner()));
        Assert.Single(page.QuerySelectorAll("h1"));
        var points = page.QuerySelectorAll(".points a").ToList();
        Assert.Equal(90, points.Count);
        Assert.All(points, point => Assert.NotNull(page.QuerySelector($"tr{point.GetAttribute("href")}")));
        Assert.Equal("#now", points[^1].GetAttribute("href"));
        Assert.Equal("23 Nov 2025, 18:42 UTC: +0.197 pp, +0.0504 pp to +0.349 pp. ↑ Better", points[^1].QuerySelector("title")!.TextContent);
        Assert.EndsWith(". Too early", points[0].QuerySelector("title")!.TextContent, StringComparison.Ordinal);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 90, 400);
        var rows = page.QuerySelectorAll("tbody tr").ToList();
        Assert.Equal((90, "now"), (rows.Count, rows[0].Id));
        Assert.Equal("↑ Better", rows[0].QuerySelector(".pill.good")!.TextContent);
        Assert.Equal("Too early", rows[^1].QuerySelector(".pill")!.TextContent);
        Assert.Equal(rows.Select(row => row.Id).Distinct(StringComparer.Ordinal), rows.Select(row => row.Id));
    }

    [Fact]
    public async Task Four_hundred_points_are_all_in_the_table_and_at_most_four_hundred_marks()
    {
        var sheet = Samples.Winner();
        var page = await PageAsync(new CourseSheet(sheet, SampleCourse.Of(sheet.Design, sheet.Readout!, days: 400), 1));
        Assert.Equal(400, page.QuerySelectorAll("tbody tr").Length);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 100, 400);
        Assert.Equal("#now", page.QuerySelectorAll(".points a")[^1].GetAttribute("href"));
    }

    [Fact]
    public async Task Colour_follows_the_desired_direction_and_a_word_stands_beside_it()
    {
        var page = await PageAsync(Course(Samples.Latency()));
        Assert.True(page.QuerySelector("svg.course")!.ClassList.Contains("good"));
        Assert.Equal("↓ Better", page.QuerySelector("h2 .pill.good")!.TextContent);
        Assert.Contains("Lower is better.", page.QuerySelector("#course header")!.TextContent, StringComparison.Ordinal);
        Assert.True((await PageAsync(Course(Samples.Loser()))).QuerySelector("svg.course")!.ClassList.Contains("bad"));
    }

    [Fact]
    public async Task Where_no_look_decides_the_band_is_for_reference()
    {
        var page = await PageAsync(Course(Samples.Locked()));
        Assert.True(page.QuerySelector("svg.course")!.ClassList.Contains("calm"));
        Assert.Contains("for reference", page.QuerySelector("#course header")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("for reference", page.QuerySelector("thead th.reference")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".pill.good, .pill.bad"));
    }

    [Fact]
    public async Task Recorded_looks_are_marked_and_have_no_band_between_them()
    {
        var sheet = Samples.Sheet(Samples.Design("stages", "Stages", ["control", "b"], analysis: AnalysisMethod.GroupSequential), [new(0.1, 0.02, 0.2, InferenceStatus.Ok)]);
        LookReadout[] looks = [Look, Look with { Look = 2, TakenAt = Samples.Now.AddDays(-20), Crossed = false, Control = null, Treatment = null }, Look with { TreatmentIndex = 2 }];
        var course = new CourseSheet(sheet, SampleCourse.Of(sheet.Design, sheet.Readout!, days: 90, looks), 1);
        Assert.Equal(0.005 + (2.96 * Math.Sqrt(2) * 0.001), course.Looks.First().Whisker!.Value.High, 1e-12);
        var page = await PageAsync(course);
        Assert.Empty(page.QuerySelectorAll("path.band"));
        Assert.Equal(["look 1, crossed", "look 2"], page.QuerySelectorAll(".look text").Select(text => text.TextContent));
        Assert.NotNull(page.QuerySelector(".look circle.crossed"));
        Assert.DoesNotContain("(", page.QuerySelector("svg.course > title")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secondary_metric_of_a_group_sequential_design_is_decided_by_its_band()
    {
        var sheet = Samples.Sheet(Samples.Design("stages", "Stages", ["control", "b"], analysis: AnalysisMethod.GroupSequential), [new(0.1, 0.02, 0.2, InferenceStatus.Ok)]);
        var page = await PageAsync(new CourseSheet(sheet, SampleCourse.Of(sheet.Design, sheet.Readout!, days: 90, metric: sheet.Design.Metrics.Secondary[0]), 1));
        Assert.Single(page.QuerySelectorAll("path.band"));
        Assert.True(page.QuerySelector("svg.course")!.ClassList.Contains("good"));
        Assert.Equal("↑ Better", page.QuerySelector("h2 .pill.good")!.TextContent);
        Assert.Contains("band: the decision's interval, right at every look.", page.QuerySelector("#course header")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("(", page.QuerySelector("svg.course > title")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("thead th.reference"));
        Assert.Equal("↑ Better", page.QuerySelector("tr#now .pill.good")!.TextContent);
    }

    [Fact]
    public async Task A_fixed_test_is_drawn_once_with_the_interval_of_its_decision()
    {
        var locked = Samples.Locked();
        var look = Look with { BoundaryZ = 2.5, InformationFraction = 1 };
        Assert.Null(At(locked).Looks.Single().Whisker);

        var comparison = locked.Readout!.Comparisons[0];
        var decided = comparison with { Decision = comparison.Decision with { Status = InferenceStatus.Ok, Estimate = 0.0051, CiLower = 0.0007, CiUpper = 0.0096 } };
        var course = At(new(locked.Experiment, locked.Readout with { Comparisons = [decided] }, locked.Ingestion, locked.Now));
        Assert.Equal(new Whisker(0.0051, 0.0007, 0.0096), course.Looks.Single().Whisker);
        var (page, plot) = (await PageAsync(course), course.Plot(400));
        var line = page.QuerySelector(".look line:not(.mark)")!;
        Assert.Equal([Down(0.0096), Down(0.0007)], ((string[])["y1", "y2"]).Select(end => line.GetAttribute(end)));

        CourseSheet At(ExperimentSheet sheet) => new(sheet, SampleCourse.Of(sheet.Design, sheet.Readout!, days: 90, [look]), 1);

        string Down(double effect) => plot.Down(effect, 320).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_planned_end_and_the_stop_are_marked_where_the_axis_has_them()
    {
        var sheet = Samples.Winner();
        Assert.Equal(["planned end"], Marks(await PageAsync(Course(sheet))));
        var far = sheet.Experiment.Plan with { DurationDays = 4000 };
        Assert.Empty(Marks(await PageAsync(Course(With(sheet, sheet.Experiment with { Plan = far })))));
        var stopped = sheet.Experiment with { Status = ExperimentStatus.Stopped, StoppedAt = Samples.Now.AddDays(-3), ClosesAt = Samples.Now.AddHours(-20), Plan = far };
        var page = await PageAsync(Course(With(sheet, stopped)));
        Assert.Equal(["stopped"], Marks(page));
        Assert.Null(page.QuerySelector("#now"));
        Assert.Equal(89, page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Names_are_text_on_the_page_and_well_formed_in_the_file()
    {
        var sheet = Samples.Sheet(Samples.Design("x", "X", ["control", "<b>\"&\u0001 \U0001F600"], metric: "a&b<c>"), [new(0.1, 0.05, 0.2, InferenceStatus.Ok)]);
        var page = await PageAsync(Course(sheet));
        Assert.Empty(page.QuerySelectorAll("main b"));
        Assert.Equal("/experiments/x/course.svg?metric=a%26b%3Cc%3E&treatment=%3Cb%3E%22%26%01%20%F0%9F%98%80", page.QuerySelector("#course a[href*='course.svg']")!.GetAttribute("href"));

        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var svg = XDocument.Parse(await DrawCourse.WriteAsync(Course(sheet), services)).Root!;
        Assert.Equal("{http://www.w3.org/2000/svg}svg", svg.Name.ToString());
        Assert.Contains("a&b<c>: <b>\"&\uFFFD \U0001F600 against control", svg.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "href" or "src");
        Assert.Equal(2, svg.Descendants("{http://www.w3.org/2000/svg}path").Count());
    }

    [Fact]
    public async Task Metric_and_variation_are_chosen_by_a_plain_form()
    {
        var page = await PageAsync(Course(Samples.TenArms(), treatment: 3));
        var form = page.QuerySelector<IHtmlFormElement>("form.pick")!;
        Assert.Equal(("get", "headline-3", 9), (form.Method, form.QuerySelector<IHtmlSelectElement>("select[name=treatment]")!.Value, form.QuerySelectorAll("select[name=treatment] option").Length));
        Assert.Equal(["purchase", "revenue"], form.QuerySelectorAll("select[name=metric] option").Select(option => option.TextContent));
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
    }

    private static LookReadout Look => new()
    {
        Metric = "purchase",
        TreatmentIndex = 1,
        Look = 1,
        TakenAt = Samples.Now.AddDays(-40),
        Watermark = 3,
        InformationFraction = 0.5,
        Z = 3.1,
        BoundaryZ = 2.96,
        Crossed = true,
        Control = new(1000, 0.04, 0.001),
        Treatment = new(1000, 0.045, 0.001),
    };

    private static CourseSheet Course(ExperimentSheet sheet, int treatment = 1) => new(sheet, sheet.Course!, treatment);

    private static ExperimentSheet With(ExperimentSheet sheet, Experiment experiment) => new(experiment, sheet.Readout, sheet.Ingestion, sheet.Now) { Course = sheet.Course };

    private static async Task<IHtmlDocument> PageAsync(CourseSheet? course) => Rendered.Parse(await Rendered.HtmlAsync<CoursePage>(
        (nameof(CoursePage.Name), "Name"), (nameof(CoursePage.Key), course?.Sheet.Experiment.Key ?? "draft"), (nameof(CoursePage.Course), course)));

    private static IEnumerable<string> Marks(IHtmlDocument page) => page.QuerySelectorAll("line.mark + g > text").Select(text => text.TextContent);
}
