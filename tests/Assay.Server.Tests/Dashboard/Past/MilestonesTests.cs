using System.Xml.Linq;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Course;
using Assay.Server.Dashboard.Pages;
using Assay.Server.Dashboard.Past;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Dashboard.Past;

public sealed class MilestonesTests
{
    private static readonly DateTimeOffset Start = new(2025, 8, 20, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_experiment_its_records_and_the_audit_say_is_one_list_in_order()
    {
        var experiment = Samples.Experiment(Samples.Design("x", "X", ["control", "b"]), ExperimentStatus.Stopped) with
        {
            StartedAt = Start,
            StoppedAt = Start.AddDays(30),
            Recorded = new Recorded([Look(12)], [new Crossing("purchase", 1, Start.AddDays(15), 3, 0.01, 0.1)], null, 0),
        };
        AuditEntry[] entries = [Row("resumed", 9), Row("amended", 5, """{"iteration":2}"""), Row("paused", 8), Row("started", 1), Row("excluded", 2), Row("stopped", 30)];
        var found = Milestones.Of(experiment, entries);
        Assert.Equal(
            [MilestoneKind.Started, MilestoneKind.Amended, MilestoneKind.Paused, MilestoneKind.Resumed, MilestoneKind.Look, MilestoneKind.Crossed, MilestoneKind.Stopped],
            found.Select(milestone => milestone.Kind));
        Assert.Equal((2, Start), (found[1].Iteration, found[0].At));
        Assert.True(found[5].IsOf("purchase", 1) && !found[5].IsOf("purchase", 2) && !found[5].IsOf("revenue", 1) && found[0].IsOf("revenue", 2));
    }

    [Fact]
    public async Task A_course_marks_them_by_number_tells_them_with_dates_and_has_them_in_its_table()
    {
        var page = Rendered.Parse(await PageAsync(Marked()));
        Assert.Equal(["planned end", "1", "2", "3"], page.QuerySelectorAll("line.mark + g > text").Select(text => text.TextContent));
        var legend = page.QuerySelectorAll("ul.legend li").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(["1 paused 1 Oct 2025, 00:00 UTC", "2 resumed 3 Oct 2025, 00:00 UTC", "3 first seen significant 20 Oct 2025, 00:00 UTC", "look 2 1 Nov 2025, 00:00 UTC"], legend);
        var rows = page.QuerySelectorAll("tbody tr").ToList();
        Assert.Equal(94, rows.Count);
        Assert.Equal(["look 2", "3 first seen significant", "2 resumed", "1 paused"], page.QuerySelectorAll("tr.happened td").Select(cell => cell.TextContent.Trim()));
        var times = page.QuerySelectorAll("tbody th time").Select(time => time.GetAttribute("datetime")!).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 90, 400);
    }

    [Fact]
    public async Task The_picture_as_a_file_has_their_dates_too()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var svg = XDocument.Parse(await DrawCourse.WriteAsync(Marked(), services)).Root!;
        Assert.Equal("432", svg.Attribute("height")!.Value);
        Assert.Contains("3 first seen significant 20 Oct 2025, 00:00 UTC", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Very_many_are_the_newest_and_lead_to_the_history()
    {
        var sheet = Marked().Sheet with { Milestones = [.. Enumerable.Range(0, 300).Select(hour => new Milestone(Start.AddHours(hour), MilestoneKind.Paused))] };
        var page = Rendered.Parse(await PageAsync(new CourseSheet(sheet, sheet.Course!, 1)));
        Assert.Equal(25, page.QuerySelectorAll("ul.legend li").Length);
        Assert.Equal(("276 earlier marks", "/experiments/checkout-redesign/audit"), (page.QuerySelector("ul.legend a")!.TextContent, page.QuerySelector("ul.legend a")!.GetAttribute("href")));
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 90, 400);
    }

    [Fact]
    public async Task The_server_finds_a_pause_behind_hundreds_of_other_entries()
    {
        var server = new HostServer();
        await server.InitializeAsync();
        await using (server)
        {
            await server.StartExperimentAsync("busy");
            Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/busy/pause")).Status);
            Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/busy/resume")).Status);
            var catalog = server.Services.GetRequiredService<ICatalog>();
            for (var i = 0; i < 105; i++)
            {
                Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/busy/decide", """{"decision":"keep_running"}""")).Status);
                Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/busy/decide", """{"decision":"keep_running","reason":"Again."}""")).Status);
            }

            var found = await Milestones.OfAsync(catalog, (await catalog.FindAsync("busy", default))!, default);
            Assert.Equal([MilestoneKind.Started, MilestoneKind.Paused, MilestoneKind.Resumed], found.Select(milestone => milestone.Kind).Order());
        }
    }

    private static CourseSheet Marked()
    {
        DateTimeOffset Day(int month, int day) => new(2025, month, day, 0, 0, 0, TimeSpan.Zero);
        var sheet = Samples.Winner() with
        {
            Milestones =
            [
                new Milestone(Day(10, 1), MilestoneKind.Paused),
                new Milestone(Day(10, 3), MilestoneKind.Resumed),
                new Milestone(Day(10, 20), MilestoneKind.Crossed) { Metric = "purchase", Treatment = 1 },
                new Milestone(Day(10, 21), MilestoneKind.Crossed) { Metric = "revenue", Treatment = 1 },
                new Milestone(Day(11, 1), MilestoneKind.Look) { Metric = "purchase", Treatment = 1, Look = 2 },
            ],
        };
        return new CourseSheet(sheet, sheet.Course!, 1);
    }

    private static Task<string> PageAsync(CourseSheet course) =>
        Rendered.HtmlAsync<CoursePage>((nameof(CoursePage.Name), "Name"), (nameof(CoursePage.Key), course.Sheet.Experiment.Key), (nameof(CoursePage.Course), course));

    private static LookReadout Look(int day) => new()
    {
        Metric = "purchase",
        TreatmentIndex = 1,
        Look = 1,
        TakenAt = Start.AddDays(day),
        Watermark = 3,
        InformationFraction = 0.5,
        Z = 3.1,
        BoundaryZ = 2.96,
        Crossed = true,
    };

    private static AuditEntry Row(string action, int day, string detail = "{}") => new(Start.AddDays(day), "open", action, "x", detail);
}
