using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class VerifyCommandTests
{
    [Fact]
    public async Task What_is_served_and_recorded_comes_out_the_same_and_it_says_so()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        await server.RecordAsync("experiments/checkout/exposures", """{"exposures":[{"user_id":"a","variation_index":0},{"user_id":"b","variation_index":1}]}""");
        var (exit, output, errors) = await Terminal.RunAsync(VerifyCommand.Create(), "checkout", "--server", Address(server));
        Assert.Equal((0, ""), (exit, errors));
        Assert.Matches("^served at commit [0-9]+: equal \\([0-9]+ accumulators, 2 units\\)\nnothing has been recorded yet.\n$", output);

        await server.PostAsync("experiments/checkout/decide", """{"decision":"keep_control","reason":"No time."}""");
        (exit, output, _) = await Terminal.RunAsync(VerifyCommand.Create(), "checkout", "--server", Address(server));
        Assert.Equal(0, exit);
        Assert.Matches("\ndecision 1, iteration 1, commit [0-9]+, .*: equal\nrecorded: all 1 come out the same.\n$", output);
    }

    [Fact]
    public async Task What_comes_out_otherwise_is_named_and_is_a_failure()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        await server.RecordAsync("experiments/checkout/exposures", """{"exposures":[{"user_id":"a","variation_index":0},{"user_id":"b","variation_index":1}]}""");
        await server.PostAsync("experiments/checkout/decide", """{"decision":"keep_control","reason":"No time."}""");
        using var erasing = await server.Client.DeleteAsync("/api/v1/units/b");
        Assert.True(erasing.IsSuccessStatusCode);
        var (exit, output, _) = await Terminal.RunAsync(VerifyCommand.Create(), "checkout", "--server", Address(server));
        Assert.Equal(1, exit);
        Assert.Contains("except at most 1 erased", output, StringComparison.Ordinal);
        Assert.Contains("  /moments/2/count: recorded 1, derived 0", output, StringComparison.Ordinal);
        Assert.Contains("recorded: 1 of 1 come out otherwise; what rests on erased units cannot be computed again, and stays as it was.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_why_there_is_no_answer()
    {
        string address;
        await using (var server = await RunningServer.StartAsync())
        {
            address = Address(server);
            Assert.Equal((2, "", "assay: There is no experiment 'nowhere'.\n"), await Terminal.RunAsync(VerifyCommand.Create(), "nowhere", "--server", address));
        }

        Assert.Equal(1, (await Terminal.RunAsync(VerifyCommand.Create(), "checkout", "--server", address)).Exit);
        Assert.Equal(2, (await Terminal.RunAsync(VerifyCommand.Create(), "checkout", "--server", "nothing")).Exit);
    }

    private static string Address(RunningServer server) => server.Client.BaseAddress!.ToString();
}
