using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class SimulateCommandTests
{
    [Fact]
    public async Task Simulated_units_reach_the_server_once_however_often_they_are_sent()
    {
        await using var server = await RunningServer.StartWithExperimentAsync(TimeProvider.System.GetUtcNow().AddDays(-3));
        string[] arguments = ["--server", server.Client.BaseAddress!.ToString(), "--experiment", "checkout", "--units", "500", "--duplicates", "0.2", "--seed", "7"];
        Assert.Equal((0, ""), await RunAsync(arguments));
        var live = await server.GetAsync("experiments/checkout/live-stats");
        Assert.Equal(500, live.GetProperty("exposures_total").GetInt64());
        Assert.NotEqual(0, live.GetProperty("conversions_total").GetInt64());
        Assert.NotEqual(0, (await server.GetAsync("experiments/checkout/ingestion")).GetProperty("duplicates_total").GetInt64());
    }

    [Theory]
    [InlineData("not an address", "http")]
    [InlineData("ftp://127.0.0.1/", "http")]
    public async Task A_wrong_address_is_told(string server, string says)
    {
        var (exit, errors) = await RunAsync("--server", server, "--experiment", "checkout");
        Assert.Equal(2, exit);
        Assert.Contains(says, errors, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Errors)> RunAsync(params string[] arguments)
    {
        var (exit, _, errors) = await Terminal.RunAsync(SimulateCommand.Create(), arguments);
        return (exit, errors);
    }
}
