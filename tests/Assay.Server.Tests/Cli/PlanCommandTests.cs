using System.Text.Json;
using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class PlanCommandTests : IDisposable
{
    private const string Design = """
        {
          "key": "checkout", "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ], "expected_daily_traffic": 12000 },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.042, "mde_pct": 5 },
          "constraints": { "analysis": "fixed_horizon" }
        }
        """;

    private readonly FileInfo _file = new(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json"));
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task A_design_is_priced_for_people()
    {
        var exit = await PlanAsync(Design, json: false);

        Assert.Equal(0, exit);
        Assert.Contains("one-page                     50.0%         146,642", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("together                                   293,284", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("25 days at 12,000 units a day", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  4                336,000            +4.67%", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Of_planned_looks_it_says_where_they_are_taken_and_what_crosses()
    {
        var exit = await PlanAsync(Design.Replace("\"analysis\": \"fixed_horizon\"", "\"n_looks\": 4", StringComparison.Ordinal), json: false);

        Assert.Equal(0, exit);
        Assert.Contains("  1                  25.0%             4.333", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  4                 100.0%             2.014", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "guardrail refund: warning: a margin of 0% allows no loss", "no_margin")]
    [InlineData(", \"non_inferiority_margin_pct\": 10", "guardrail refund: no size promised, it names no baseline_value above 0", "no_baseline")]
    [InlineData(", \"non_inferiority_margin_pct\": 10, \"baseline_value\": 0.1", "units show it to be safe", "ok")]
    public async Task A_guardrail_that_the_plan_promises_nothing_for_says_why(string more, string told, string status)
    {
        var design = Design.Replace("\"mde_pct\": 5", $$"""
            "mde_pct": 5, "guardrails": [ { "name": "refund", "metric_type": "binary"{{more}} } ]
            """, StringComparison.Ordinal);
        Assert.Equal((0, 0), (await PlanAsync(design, json: false), await PlanAsync(design, json: true)));
        Assert.Contains(told, _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"\"status\": \"{status}\"", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_design_is_priced_for_programs()
    {
        var exit = await PlanAsync(Design, json: true);

        Assert.Equal(0, exit);
        var plan = JsonElement.Parse(_output.ToString());
        Assert.Equal(
            ["planned_sample_size_per_variant", "planned_sample_sizes", "duration_days", "boundaries", "ages", "hypotheses", "alpha_per_hypothesis", "daily_units", "mde_by_week", "power_per_test", "guardrails"],
            plan.EnumerateObject().Select(field => field.Name));
        Assert.Equal((146642, 25), (plan.GetProperty("planned_sample_size_per_variant").GetInt32(), plan.GetProperty("duration_days").GetInt32()));
        Assert.Equal(["week", "units", "mde_pct"], plan.GetProperty("mde_by_week")[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_with_its_place()
    {
        var exit = await PlanAsync(Design.Replace("\"mde_pct\": 5", "\"mde_pct\": -5, \"alpha\": 2", StringComparison.Ordinal), json: true);

        Assert.Equal(2, exit);
        Assert.Empty(_output.ToString());
        Assert.Contains("/metrics/mde_pct out_of_range", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("/metrics/alpha out_of_range", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_json_is_refused_with_its_line()
    {
        var exit = await PlanAsync("{\n  \"key\": NaN\n}", json: false);

        Assert.Equal(2, exit);
        Assert.Contains("line 2", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var exit = await PlanCommand.RunAsync(_file, json: false, _output, _error, TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains(_file.Name, _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _file.Delete();
    }

    private async Task<int> PlanAsync(string design, bool json)
    {
        await File.WriteAllTextAsync(_file.FullName, design, TestContext.Current.CancellationToken);
        return await PlanCommand.RunAsync(_file, json, _output, _error, TestContext.Current.CancellationToken);
    }
}
