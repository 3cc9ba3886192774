using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.Server.Cli;
using Assay.Server.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Dashboard.Report;

/// <summary>Reports over HTTP and by the command, of the real store.</summary>
public sealed class GetReportTests
{
    private const string Path = "/api/v1/experiments/checkout/report";

    [Theory]
    [InlineData("", "text/html", "html")]
    [InlineData("?format=html", "text/html", "html")]
    [InlineData("?format=markdown", "text/markdown", "md")]
    [InlineData("?format=csv", "text/csv", "csv")]
    [InlineData("?format=json", "application/json", "json")]
    public async Task Every_format_is_a_named_file_with_a_tag(string query, string type, string extension)
    {
        await using var server = await StartAsync();
        using var answer = await server.Client.GetAsync(Path + query);
        Assert.Equal((HttpStatusCode.OK, type, "utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Equal($"inline; filename=\"checkout-report.{extension}\"", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("purchase", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server, Path + query, answer.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, extension == "csv" ? Path : $"{Path}?format=csv", answer.Headers.ETag.ToString()));
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(500, 1, at: null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Path + query, answer.Headers.ETag.ToString()));
    }

    [Theory]
    [InlineData("/api/v1/experiments/checkout/report?format=pdf", 400, "invalid_query")]
    [InlineData("/api/v1/experiments/checkout/report?format=HTML", 400, "invalid_query")]
    [InlineData("/api/v1/experiments/checkout/report?form=csv", 400, "invalid_query")]
    [InlineData("/api/v1/experiments/nowhere/report", 404, "unknown_experiment")]
    public async Task What_cannot_be_reported_is_a_problem(string path, int status, string code)
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        using var answer = await server.Client.GetAsync(path);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((status, $"/docs/problems#{code}"), ((int)answer.StatusCode, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task The_json_holds_the_experiment_and_the_readout_as_they_are_served()
    {
        await using var server = await StartAsync();
        var report = await server.GetAsync("experiments/checkout/report?format=json");
        Assert.Equal((await server.GetAsync("experiments/checkout")).GetRawText(), report.GetProperty("experiment").GetRawText());
        Assert.Equal((await server.GetAsync("experiments/checkout/live-stats")).GetRawText(), report.GetProperty("readout").GetRawText());
        Assert.Equal(Events.Samples.Arrival, report.GetProperty("generated_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_csv_has_the_numbers_of_live_stats()
    {
        await using var server = await StartAsync();
        var rows = (await server.Client.GetStringAsync($"{Path}?format=csv")).Split("\r\n")[..^1].Select(row => row.Split(',')).ToArray();
        var readout = await server.GetAsync("experiments/checkout/live-stats");
        Assert.Equal(1 + (3 * 3), rows.Length);
        var analysis = readout.GetProperty("comparisons")[0].GetProperty("analysis");
        foreach (var column in (string[])["effect", "effect_relative", "standard_error", "ci_lower", "ci_upper", "ci_relative_lower", "ci_relative_upper", "p_value"])
            Assert.Equal(analysis.GetProperty(column).GetDouble(), double.Parse(rows[3][Array.IndexOf(rows[0], column)], CultureInfo.InvariantCulture));
        Assert.Equal(readout.GetProperty("comparisons")[0].GetProperty("decision").GetProperty("status").GetString(), rows[1][Array.IndexOf(rows[0], "status")]);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task A_draft_has_a_report_too(string format)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAsync("checkout");
        using var answer = await server.Client.GetAsync($"{Path}?format={format}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task The_command_writes_what_the_server_answers(string format)
    {
        await using var server = await StartAsync();
        var served = await server.Client.GetStringAsync($"{Path}?format={format}");
        var (exit, output, errors) = await Terminal.RunAsync(ReportCommand.Create(), "checkout", "--server", Address(server), "--format", format);
        Assert.Equal((0, served, ""), (exit, output, errors));

        var folder = Directory.CreateTempSubdirectory("assay-report-");
        try
        {
            var file = System.IO.Path.Combine(folder.FullName, "report");
            Assert.Equal((0, "", ""), await Terminal.RunAsync(ReportCommand.Create(), "checkout", "--server", Address(server), "--format", format, "--out", file));
            Assert.Equal(served, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(["report"], folder.EnumerateFiles().Select(found => found.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_command_says_why_there_is_no_report()
    {
        string address;
        await using (var server = await RunningServer.StartAsync())
        {
            address = Address(server);
            Assert.Equal((2, "", "assay: There is no experiment 'nowhere'.\n"), await Terminal.RunAsync(ReportCommand.Create(), "nowhere", "--server", address));
        }

        Assert.Equal(1, (await Terminal.RunAsync(ReportCommand.Create(), "checkout", "--server", address)).Exit);
        Assert.Equal(2, (await Terminal.RunAsync(ReportCommand.Create(), "checkout", "--server", "nothing")).Exit);
    }

    /// <summary>A filled server on a clock that stands still.</summary>
    private static async Task<RunningServer> StartAsync()
    {
        var time = new FakeTimeProvider(Events.Samples.Arrival);
        var server = await RunningServer.StartWithExperimentAsync(Events.Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        await History.SendAsync(server, History.Of(400));
        return server;
    }

    private static string Address(RunningServer server) => server.Client.BaseAddress!.ToString();

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string path, string etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await server.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
