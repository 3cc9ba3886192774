using System.Text.Json;
using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private Task<(int Exit, string Output, string Errors)> RunAsync(string text, params string[] more)
    {
        File.WriteAllText(_file, text);
        return Terminal.RunAsync(AnalyzeCommand.Create(), [_file, "--unit", "user", "--variation", "arm", "--metric", "bought:binary", .. more]);
    }

    [Fact]
    public async Task Bad_input_exits_2_and_says_where_on_the_error_stream_alone()
    {
        var (exit, output, errors) = await RunAsync("user,arm,bought\na,x,1\nb,y,perhaps\n");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("line 3, column 3 (bought)", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("user,arm,bought\na,x,1\nb,y,1\n", "--metric", "bought:ratio:arm")).Exit);
        Assert.Equal(2, (await RunAsync("user,arm,bought\na,x,1\nb,y,1\n", "--split", "1,-1")).Exit);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_not_UTF_8_exits_2()
    {
        await File.WriteAllBytesAsync(_file, [.. "user,arm,bought\n"u8, 0xFF, .. ",x,1\n"u8], TestContext.Current.CancellationToken);
        Assert.Contains("not UTF-8", (await Terminal.RunAsync(AnalyzeCommand.Create(), _file, "--unit", "user", "--variation", "arm", "--metric", "bought:binary")).Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await Terminal.RunAsync(AnalyzeCommand.Create(), _file + ".none", "--unit", "user", "--variation", "arm", "--metric", "bought:binary")).Exit);
    }

    [Fact]
    public async Task Too_little_data_is_a_readout_all_the_same()
    {
        var (exit, output, _) = await RunAsync("user,arm,bought\na,x,1\nb,y,\n", "--json");
        Assert.Equal(0, exit);
        var comparison = JsonElement.Parse(output).GetProperty("comparisons")[0];
        Assert.Equal("insufficient_data", comparison.GetProperty("status").GetString());
        Assert.Equal("x", comparison.GetProperty("control").GetProperty("variation_key").GetString());
        Assert.Equal((0, ""), ((await RunAsync("user,arm,bought\na,x,1\nb,y,\n")).Exit, ""));
    }

    [Fact]
    public async Task The_split_is_what_sample_ratios_are_judged_by()
    {
        var rows = string.Concat(Enumerable.Range(0, 4000).Select(i => $"u{i},{(i % 4 == 0 ? "a" : "b")},{i % 2}\n"));
        Assert.Equal("alarm", Srm((await RunAsync("user,arm,bought\n" + rows, "--json")).Output));
        Assert.Equal("ok", Srm((await RunAsync("user,arm,bought\n" + rows, "--json", "--split", "1,3")).Output));

        static string? Srm(string json) => JsonElement.Parse(json).GetProperty("srm").GetProperty("status").GetString();
    }
}
