using System.Text.Json;
using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class ImportCommandTests : IDisposable
{
    private static readonly string[] Columns =
    [
        "--variation", "arm", "--control", "a", "--metric", "bought:binary", "--metric", "spend:continuous", "--metric", "visits:count", "--covariate", "before",
    ];

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("user")]
    [InlineData("row")]
    public async Task An_imported_file_reads_as_the_analysed_one_and_importing_it_shuffled_changes_no_bit(string unit)
    {
        await using var server = await RunningServer.StartAsync();
        var rows = Rows();
        await WriteAsync(rows);
        var (exit, analysed, _) = await Terminal.RunAsync(AnalyzeCommand.Create(), [_file, "--unit", unit, .. Columns, "--json"]);
        Assert.Equal(0, exit);
        await ImportAsync(server, unit);
        var live = await server.GetAsync("experiments/imported/live-stats");
        SameRunning(JsonElement.Parse(analysed), live);
        var moments = Sums(await server.GetAsync("experiments/imported/moments"));

        Array.Reverse(rows);
        await WriteAsync(rows);
        Assert.Contains(" 0 recorded", await ImportAsync(server, unit), StringComparison.Ordinal);
        Assert.Equal(moments, Sums(await server.GetAsync("experiments/imported/moments")));
    }

    [Fact]
    public async Task What_the_experiment_does_not_know_is_refused_before_anything_is_sent()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        await WriteAsync(Rows());
        var (exit, _, errors) = await Terminal.RunAsync(ImportCommand.Create(), [_file, "--unit", "user", .. Columns, "--experiment", "checkout", "--server", Address(server)]);
        Assert.Equal(2, exit);
        Assert.Contains("experiment 'checkout' has no variation 'a'", errors, StringComparison.Ordinal);
        Assert.Equal(0, (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("exposures_total").GetInt64());
        Assert.Equal(1, (await Terminal.RunAsync(ImportCommand.Create(), [_file, "--unit", "user", .. Columns, "--experiment", "none", "--server", Address(server)])).Exit);
    }

    private static string[] Rows() =>
    [
        .. Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"u{i % 250},{(i % 50 == 7 ? "b" : i % 250 % 2 == 0 ? "a" : "b")},{(i % 3 == 0 ? "yes" : "")},{(i % 5 == 0 ? i * 0.1 : 0)},{i % 4},{i % 250 * 1.5}\n")),
        "u900,a,1,2.5,1,\n",
        "u901,b,1,2.5,1,4\n",
        "u901,b,1,2.5,1,4\n",
    ];

    private Task WriteAsync(string[] rows) => File.WriteAllTextAsync(_file, "user,arm,bought,spend,visits,before\n" + string.Concat(rows), TestContext.Current.CancellationToken);

    private async Task<string> ImportAsync(RunningServer server, string unit)
    {
        var (exit, output, errors) = await Terminal.RunAsync(ImportCommand.Create(), [_file, "--unit", unit, .. Columns, "--experiment", "imported", "--server", Address(server), "--create"]);
        Assert.Equal((0, ""), (exit, errors));
        return output;
    }

    private static string Address(RunningServer server) => server.Client.BaseAddress!.ToString();

    private static void SameRunning(JsonElement analysed, JsonElement live)
    {
        foreach (var name in (string[])["exposures_total", "conversions_total"]) Assert.Equal(analysed.GetProperty(name).GetInt64(), live.GetProperty(name).GetInt64());
        Same(analysed.GetProperty("srm"), live.GetProperty("srm"));
        Same(analysed.GetProperty("event_timing").GetProperty("by_arm"), live.GetProperty("event_timing").GetProperty("by_arm"));
        Same(analysed.GetProperty("population").GetProperty("crossovers"), live.GetProperty("population").GetProperty("crossovers"));
        SameComparison(analysed, live);
        for (var i = 0; i < 2; i++) SameComparison(analysed.GetProperty("secondary")[i], live.GetProperty("secondary")[i]);
    }

    private static void SameComparison(JsonElement analysed, JsonElement live)
    {
        foreach (var block in (string[])["control", "treatment", "analysis", "bayesian"])
            Same(analysed.GetProperty("comparisons")[0].GetProperty(block), live.GetProperty("comparisons")[0].GetProperty(block));
    }

    private static void Same(JsonElement expected, JsonElement actual) => Assert.Equal(expected.GetRawText(), actual.GetRawText());

    /// <summary>The moments without the number of the commit they were read at.</summary>
    private static string Sums(JsonElement moments) => string.Join('\n', moments.EnumerateObject().Where(property => property.Name is not ("watermark" or "as_of")).Select(property => property.Value.GetRawText()));
}
