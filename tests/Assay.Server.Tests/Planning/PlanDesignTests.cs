using System.Text.Json;
using Assay.Server.Cli;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Planning;

public sealed class PlanDesignTests(HostServer server) : IClassFixture<HostServer>
{
    private const string Plan = "/api/v1/plan";
    private const string List = "/api/v1/experiments";

    [Fact]
    public async Task A_design_is_priced_as_the_experiment_would_be_and_nothing_is_kept()
    {
        var answer = await server.PostAsync(Plan, DesignText.Minimal("priced"));
        Assert.Equal(200, answer.Status);
        (await server.GetAsync($"{List}/priced")).IsProblem(404, "unknown_experiment");

        var plan = (await server.PostAsync(List, DesignText.Minimal("priced"))).Body.GetProperty("plan");
        foreach (var field in plan.EnumerateObject()) Assert.Equal(field.Value.GetRawText(), answer.Body.GetProperty(field.Name).GetRawText());
        Assert.Equal((1, 0.05), (answer.Body.GetProperty("hypotheses").GetInt32(), answer.Body.GetProperty("alpha_per_hypothesis").GetDouble()));
        Assert.Equal(JsonValueKind.Null, answer.Body.GetProperty("daily_units").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.Body.GetProperty("mde_by_week").ValueKind);
    }

    [Fact]
    public async Task Expected_traffic_tells_the_days_and_what_each_of_eight_weeks_would_find()
    {
        var design = DesignText.WithTraffic("weekly", allocation: 0.5, holdout: 0).Replace("\"holdout_fraction\"", "\"expected_daily_traffic\": 12000, \"holdout_fraction\"", StringComparison.Ordinal);
        var body = (await server.PostAsync(Plan, design)).Body;
        Assert.Equal(6000, body.GetProperty("daily_units").GetDouble());
        var weeks = body.GetProperty("mde_by_week").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(1, 8), weeks.Select(week => week.GetProperty("week").GetInt32()));
        Assert.Equal(42_000, weeks[0].GetProperty("units").GetDouble());
        var found = weeks.Select(week => week.GetProperty("mde_pct").GetDouble()).ToArray();
        Assert.Equal(found.OrderDescending(), found);
        Assert.Equal(found[0] / 2, found[3], 0.5);
    }

    [Fact]
    public async Task The_command_and_the_route_answer_alike()
    {
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json"));
        try
        {
            await File.WriteAllTextAsync(file.FullName, DesignText.Minimal("alike"), TestContext.Current.CancellationToken);
            await using var output = new StringWriter();
            Assert.Equal(0, await PlanCommand.RunAsync(file, json: true, output, TextWriter.Null, TestContext.Current.CancellationToken));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(output.ToString()), (await server.PostAsync(Plan, DesignText.Minimal("alike"))).Body));
        }
        finally
        {
            file.Delete();
        }
    }

    [Theory]
    [InlineData("\"mde_pct\": 5", "\"mde_pct\": -5, \"alpha\": 2, \"surprise\": 1")]
    [InlineData("\"binary\"", "\"ratio\"")]
    [InlineData("\"key\": \"wrong\"", "\"key\": \"Wrong Key\"")]
    public async Task What_is_wrong_is_told_as_it_would_be_to_who_keeps_it(string right, string wrong)
    {
        var design = DesignText.Minimal("wrong").Replace(right, wrong, StringComparison.Ordinal);
        var (planned, kept) = ((await server.PostAsync(Plan, design)).IsProblem(422, "invalid_design"), await server.PostAsync(List, design));
        Assert.NotEmpty(planned.Pointers);
        Assert.Equal(kept.Body.GetProperty("errors").GetRawText(), planned.Body.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_body_that_is_no_design_at_all_is_refused()
    {
        (await server.PostAsync(Plan)).IsProblem(422, "invalid_design");
        (await server.PostAsync(Plan, "[]")).IsProblem(400, "invalid_json");
        (await server.PostAsync(Plan, $"{{\"key\":\"{new string('a', 1024 * 1024)}\"}}")).IsProblem(413, "body_too_large");
        using var form = new FormUrlEncodedContent([new("key", "a")]);
        using var response = await server.Http.PostAsync(Plan, form, TestContext.Current.CancellationToken);
        (await Answer.OfAsync(response)).IsProblem(415, "unsupported_media_type");
    }
}
