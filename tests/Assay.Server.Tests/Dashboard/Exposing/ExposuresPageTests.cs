using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Exposing;
using Assay.Server.Dashboard.Past;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Dashboard.Exposing;

public sealed class ExposuresPageTests
{
    [Fact]
    public async Task Days_add_up_to_what_live_stats_tells_and_the_page_shows_the_answer_of_the_api()
    {
        var time = new FakeTimeProvider(Events.Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Events.Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        int[] days = [200, 120, 0, 310];
        foreach (var (day, units) in days.Index())
            if (units > 0) await server.RecordAsync("experiments/checkout/exposures", History.Exposures(days.Take(day).Sum(), units, Events.Samples.Start.AddHours((24 * day) + 12)));

        var answer = await server.GetAsync("experiments/checkout/exposure-days");
        var told = answer.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal([200, 120, 310], told.Select(day => day.GetProperty("units").EnumerateArray().Sum(units => units.GetInt32())));
        Assert.Equal(["2026-03-01", "2026-03-02", "2026-03-04"], told.Select(day => day.GetProperty("day").GetString()));
        Assert.Equal([0.5, 0.5], answer.GetProperty("shares").EnumerateArray().Select(share => share.GetDouble()));
        var srm = (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("srm");
        Assert.True(JsonElement.DeepEquals(srm.GetProperty("observed_counts"), told[^1].GetProperty("cumulative")));
        Assert.Equal(srm.GetProperty("sequential_p_value").GetDouble(), told[^1].GetProperty("sequential_p_value").GetDouble());

        var page = Rendered.Parse(await server.Client.GetStringAsync("/experiments/checkout/exposures"));
        var rows = page.QuerySelectorAll("#values tbody tr:not(.happened)").ToList();
        Assert.Equal(["4 Mar 2026", "2 Mar 2026", "1 Mar 2026"], rows.Select(row => row.QuerySelector("th")!.TextContent));
        Assert.Equal("315 +155", Text(rows[0].QuerySelector("td")!));
        Assert.Equal(told[0].GetProperty("sequential_p_value").GetDouble(), double.Parse(rows[^1].QuerySelector("data")!.GetAttribute("value")!, CultureInfo.InvariantCulture));
        Assert.Equal("1 started", Text(page.QuerySelector("tr.happened td")!));
        Assert.Equal("/experiments/checkout/exposures", Rendered.Parse(await server.Client.GetStringAsync("/experiments/checkout")).QuerySelector("#sample-ratio a")!.GetAttribute("href"));

        foreach (var link in page.QuerySelectorAll("a[href*='exposures.svg']"))
        {
            using var file = await server.Client.GetAsync(link.GetAttribute("href"));
            Assert.Equal("image/svg+xml", file.Content.Headers.ContentType!.ToString());
            Assert.Equal("svg", XDocument.Parse(await file.Content.ReadAsStringAsync()).Root!.Name.LocalName);
        }

        using var first = await server.Client.GetAsync("/api/v1/experiments/checkout/exposure-days");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/experiments/checkout/exposure-days");
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await server.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_ratio_that_does_not_hold_crosses_the_line_of_the_alarm_on_its_day()
    {
        var page = await PageAsync(Exposures([(500, 500), (520, 500), (1300, 500), (900, 500)]));
        Assert.True(page.QuerySelector("#ratio")!.ClassList.Contains("alarm"));
        Assert.Single(page.QuerySelectorAll("line.alarm"));
        Assert.Equal([true, true, false, false], page.QuerySelectorAll("#values tbody tr").Select(row => row.QuerySelector(".pill.bad") is not null));
        Assert.False((await PageAsync(Exposures([(500, 500), (520, 500)]))).QuerySelector("#ratio")!.ClassList.Contains("alarm"));
    }

    [Fact]
    public async Task Three_pictures_have_a_line_an_arm_a_sentence_and_the_marks()
    {
        var exposures = Exposures([(500, 500), (520, 500), (300, 310)]);
        var marked = exposures.Sheet with { Milestones = [new Milestone(Samples.Now.AddDays(-2), MilestoneKind.Paused), new Milestone(Samples.Now.AddDays(-1), MilestoneKind.Crossed) { Metric = "purchase", Treatment = 1 }] };
        var page = await PageAsync(new ExposureSheet(marked, exposures.Course));
        Assert.Equal([1, 2, 2], page.QuerySelectorAll("svg.course[role=img]").Select(picture => picture.QuerySelectorAll("path.line").Length));
        Assert.All(page.QuerySelectorAll("svg.course[role=img]"), picture => Assert.Equal(["1"], picture.QuerySelectorAll("line.mark + g > text").Select(text => text.TextContent)));
        Assert.Equal(["Sample ratio over time, from", "Units by arm, so far, from", "Units by arm, each day, from"], page.QuerySelectorAll("svg.course > title").Select(title => title.TextContent[..(title.TextContent.IndexOf("from", StringComparison.Ordinal) + 4)]));
        Assert.Contains("paused", page.QuerySelector("#arms ul.legend:last-of-type")!.TextContent, StringComparison.Ordinal);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 10, 400);
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.All(page.QuerySelectorAll("[data-live]"), section => Assert.NotNull(section.Id));
    }

    [Fact]
    public async Task Years_of_days_are_listed_up_to_four_hundred_and_lead_to_all_of_them()
    {
        var page = await PageAsync(Exposures([.. Enumerable.Repeat((10, 10), 700)]));
        Assert.Equal(400, page.QuerySelectorAll("#values tbody tr").Length);
        Assert.Contains("300 earlier days", page.QuerySelector("#days > p.quiet")!.TextContent, StringComparison.Ordinal);
        Assert.InRange(page.QuerySelectorAll("svg line, svg circle, svg rect, svg path").Length, 10, 400);
    }

    [Fact]
    public async Task A_draft_and_an_experiment_without_units_have_a_sentence_and_what_is_not_there_is_told()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync("draft");
        await server.CreateAsync("empty");
        await server.BeginAsync("empty");
        foreach (var key in (string[])["draft", "empty"])
        {
            Assert.Contains("No unit has been exposed yet", await server.Client.GetStringAsync($"/experiments/{key}/exposures"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/experiments/{key}/exposures.svg")).StatusCode);
            Assert.Equal(0, (await server.GetAsync($"experiments/{key}/exposure-days")).GetProperty("days").GetArrayLength());
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/experiments/empty/exposures.svg?chart=other")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/experiments/nowhere/exposures")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/api/v1/experiments/nowhere/exposure-days")).StatusCode);
    }

    private static ExposureSheet Exposures((int Control, int Treatment)[] days)
    {
        var sheet = Samples.Winner();
        long control = 0, treatment = 0;
        return new ExposureSheet(sheet, new ExposureCourse
        {
            ExperimentId = sheet.Experiment.Key,
            AsOf = Samples.Now,
            Watermark = 7,
            Variations = ["control", "b"],
            Shares = [0.5, 0.5],
            AlarmPValue = 0.001,
            Days =
            [
                .. days.Select((day, index) =>
                {
                    var at = Samples.Now.AddDays(index - days.Length + 1);
                    (control, treatment) = (control + day.Control, treatment + day.Treatment);
                    return new ExposureCourseDay
                    {
                        Day = DateOnly.FromDateTime(at.UtcDateTime),
                        EndsAt = at,
                        Units = [day.Control, day.Treatment],
                        Cumulative = [control, treatment],
                        SequentialPValue = Assay.Statistics.SampleRatio.SequentialPValue([control, treatment], [1, 1]),
                    };
                }),
            ],
        });
    }

    private static async Task<IHtmlDocument> PageAsync(ExposureSheet exposures) => Rendered.Parse(await Rendered.HtmlAsync<ExposuresPage>((nameof(ExposuresPage.Sheet), exposures.Sheet), (nameof(ExposuresPage.Exposures), exposures)));

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
