using System.Text.Json;
using Assay.Server.Cli;
using Assay.Server.Tests.Cli;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Planning;

public sealed class SimulatePlanTests(HostServer server) : IClassFixture<HostServer>
{
    private const string Simulate = "/api/v1/plan/simulate";

    [Fact]
    public async Task A_policy_is_simulated_at_a_grid_of_effects_and_nothing_is_kept()
    {
        var answer = await server.PostAsync($"{Simulate}?runs=20&seed=3", DesignText.Minimal("simulated"));
        Assert.Equal(200, answer.Status);
        Assert.Equal((20, 3), (answer.Body.GetProperty("runs").GetInt32(), answer.Body.GetProperty("seed").GetInt32()));
        var effects = answer.Body.GetProperty("effects").EnumerateArray().ToArray();
        Assert.Equal(7, effects.Length);
        Assert.All(effects, effect => Assert.Equal(1, effect.GetProperty("ship").GetDouble() + effect.GetProperty("stop_harm").GetDouble() + effect.GetProperty("no_worthwhile_effect").GetDouble() + effect.GetProperty("inconclusive").GetDouble(), 1e-9));
        Assert.True(effects[^1].GetProperty("ship").GetDouble() > 0.9);
        (await server.GetAsync("/api/v1/experiments/simulated")).IsProblem(404, "unknown_experiment");
    }

    [Theory]
    [InlineData("?runs=0", "runs")]
    [InlineData("?runs=2001", "runs")]
    [InlineData("?runs=many", "runs")]
    [InlineData("?seed=-1", "seed")]
    public async Task A_wrong_number_is_refused_by_its_name(string query, string name)
    {
        var answer = await server.PostAsync($"{Simulate}{query}", DesignText.Minimal("simulated"));
        answer.IsProblem(400, "invalid_query");
        Assert.Equal(name, answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_wrong_design_is_refused() =>
        (await server.PostAsync(Simulate, DesignText.Minimal("Wrong Key"))).IsProblem(422, "invalid_design");

    [Fact]
    public async Task The_command_and_the_route_answer_alike_and_the_command_prints_a_table()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(file, DesignText.Minimal("alike"), TestContext.Current.CancellationToken);
            var (exit, output, errors) = await Terminal.RunAsync(SimulateCommand.Create(), "--policy", file, "--runs", "10", "--json");
            Assert.Equal((0, ""), (exit, errors));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(output), (await server.PostAsync($"{Simulate}?runs=10", DesignText.Minimal("alike"))).Body));
            var (_, table, _) = await Terminal.RunAsync(SimulateCommand.Create(), "--policy", file, "--runs", "10");
            Assert.Contains("10 simulated experiments an effect", table, StringComparison.Ordinal);
            Assert.Contains("true gain", table, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_command_wants_an_experiment_or_a_policy()
    {
        var (exit, _, errors) = await Terminal.RunAsync(SimulateCommand.Create());
        Assert.NotEqual(0, exit);
        Assert.Contains("--policy", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await Terminal.RunAsync(SimulateCommand.Create(), "--policy", "not-there.json")).Exit);
    }
}
