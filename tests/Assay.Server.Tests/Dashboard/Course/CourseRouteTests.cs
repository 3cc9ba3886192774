using System.Net;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Dashboard.Course;

public sealed class CourseRouteTests
{
    [Fact]
    public async Task A_course_is_a_page_and_a_file_that_stands_alone()
    {
        var time = new FakeTimeProvider(Events.Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Events.Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        await History.SendAsync(server, History.Of(units: 300));
        var points = (await server.GetAsync("experiments/checkout/timeline?metric=revenue")).GetProperty("points").GetArrayLength();

        using var page = await server.Client.GetAsync("/experiments/checkout/course?metric=revenue&treatment=one-page");
        var document = Rendered.Parse(await page.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, points), (page.StatusCode, document.QuerySelectorAll("#course tbody tr:not(.happened)").Length));
        Assert.Equal("1 started", document.QuerySelector("tr.happened td")!.TextContent);
        Assert.StartsWith("revenue, one-page against control", document.QuerySelector("svg.course title")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var file = await server.Client.GetAsync(document.QuerySelector("a[href*='course.svg']")!.GetAttribute("href"));
        Assert.Equal(("image/svg+xml", "attachment; filename=\"checkout-course.svg\""), (file.Content.Headers.ContentType!.ToString(), file.Content.Headers.ContentDisposition!.ToString()));
        Assert.Equal("svg", XDocument.Parse(await file.Content.ReadAsStringAsync()).Root!.Name.LocalName);

        var experiment = Rendered.Parse(await server.Client.GetStringAsync("/experiments/checkout"));
        Assert.StartsWith("purchase, one-page against control", experiment.QuerySelector("#course svg title")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_group_sequential_design_looks_decide_the_primary_and_bands_all_else()
    {
        var time = new FakeTimeProvider(Events.Samples.Arrival);
        await using var server = await RunningServer.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        await server.CreateAsync("checkout", "group_sequential");
        await server.BeginAsync("checkout", Events.Samples.Start);
        await History.SendAsync(server, History.Of(units: 300));
        foreach (var (metric, bands, note) in ((string, int, string)[])[("purchase", 0, "the recorded looks decide"), ("revenue", 1, "band: the decision's interval"), ("refund", 1, "band: the decision's interval")])
        {
            var page = Rendered.Parse(await server.Client.GetStringAsync($"/experiments/checkout/course?metric={metric}"));
            Assert.Equal(bands, page.QuerySelectorAll("#course path.band").Length);
            Assert.Contains(note, page.QuerySelector("#course header")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(bands == 0, page.QuerySelector("#course thead th.reference") is not null);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_told_and_a_draft_has_a_page_without_a_picture()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync("draft");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("nowhere/course"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("draft/course?metric=clicks"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("draft/course?treatment=control"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("draft/course.svg?treatment=other"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("draft/course.svg"));
        Assert.Contains("No unit has completed yet", await server.Client.GetStringAsync("/experiments/draft/course"), StringComparison.Ordinal);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var response = await server.Client.GetAsync($"/experiments/{path}");
            return response.StatusCode;
        }
    }
}
