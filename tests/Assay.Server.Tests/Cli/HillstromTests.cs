using System.Text.Json;
using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

/// <summary>The three-arm readout of real data against what hillstrom_expected.py computes from the same file with SciPy.</summary>
public sealed class HillstromTests
{
    private static readonly string Data = Path.Combine(Terminal.Repository, "..", "shared", "data", "hillstrom.csv");

    private static readonly string[] Arguments =
    [
        Data, "--unit", "row", "--variation", "segment", "--control", "No E-Mail", "--metric", "visit:binary", "--metric", "conversion:binary", "--metric", "spend:continuous",
        "--covariate", "history",
    ];

    [Fact]
    public async Task The_readout_agrees_with_SciPy()
    {
        Assert.SkipUnless(File.Exists(Data), "../shared/data/hillstrom.csv is not here");
        var (exit, output, errors) = await Terminal.RunAsync(AnalyzeCommand.Create(), [.. Arguments, "--json"]);
        Assert.Equal((0, ""), (exit, errors));
        var readout = JsonElement.Parse(output);
        var path = Path.Combine(Terminal.Repository, "tests", "Assay.Server.Tests", "Cli", "hillstrom_expected.json");
        var expected = JsonElement.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("hillstrom.csv", readout.GetProperty("experiment_id").GetString());
        Assert.Equal(64_000, readout.GetProperty("exposures_total").GetInt64());
        Assert.Equal(Numbers(expected, "counts"), Numbers(readout.GetProperty("srm"), "observed_counts"));
        Near(expected.GetProperty("srm"), readout.GetProperty("srm"), ["chi_square", "p_value"], 1e-9);
        Metric(expected.GetProperty("metrics")[0], readout);
        Metric(expected.GetProperty("metrics")[1], readout.GetProperty("secondary")[0]);
        Metric(expected.GetProperty("metrics")[2], readout.GetProperty("secondary")[1]);
        var primary = readout.GetProperty("comparisons");
        Assert.Equal(primary[0].GetProperty("decision").GetProperty("p_value").GetDouble(), primary[0].GetProperty("decision").GetProperty("p_value_adjusted").GetDouble());
        Assert.Equal(2 * primary[1].GetProperty("decision").GetProperty("p_value").GetDouble(), primary[1].GetProperty("decision").GetProperty("p_value_adjusted").GetDouble());
        foreach (var absent in (string[])["planned_sample_size_per_variant", "planned_sample_sizes", "information_fraction"])
            Assert.Equal(JsonValueKind.Null, readout.GetProperty("sequential").GetProperty(absent).ValueKind);
        Assert.Equal(JsonValueKind.Null, readout.GetProperty("watermark").ValueKind);
        Assert.Equal("insufficient_data", primary[0].GetProperty("always_valid").GetProperty("status").GetString());
    }

    [Fact]
    public async Task People_read_a_table_of_arms_and_effects()
    {
        Assert.SkipUnless(File.Exists(Data), "../shared/data/hillstrom.csv is not here");
        var (exit, output, errors) = await Terminal.RunAsync(AnalyzeCommand.Create(), Arguments);
        Assert.Equal((0, ""), (exit, errors));
        foreach (var part in (string[])["64,000 units in 3 arms", "No sample ratio mismatch", "Womens E-Mail − No E-Mail", "+0.045233", "+0.424412", "3,894"])
            Assert.Contains(part, output, StringComparison.Ordinal);
    }

    private static void Metric(JsonElement expected, JsonElement actual)
    {
        var comparisons = actual.GetProperty("comparisons");
        Near(expected.GetProperty("arms")[0], comparisons[0].GetProperty("control"), ["exposed_users", "converted_users", "mean", "std"], 1e-12);
        for (var i = 0; i < 2; i++)
        {
            var (theirs, ours) = (expected.GetProperty("comparisons")[i], comparisons[i]);
            Near(expected.GetProperty("arms")[i + 1], ours.GetProperty("treatment"), ["exposed_users", "converted_users", "mean", "std"], 1e-12);
            Near(theirs, ours.GetProperty("analysis"), ["effect", "effect_relative", "test_statistic", "p_value", "ci_lower", "ci_upper"], 1e-8);
            Near(theirs, ours, ["probability_treatment_beats_control"], 1e-9);
            var (cuped, adjusted) = (theirs.GetProperty("cuped"), actual.GetProperty("cuped").GetProperty("comparisons")[i]);
            Near(cuped, adjusted.GetProperty("analysis"), ["effect", "standard_error"], 1e-9);
            Assert.Equal(cuped.GetProperty("theta").GetDouble(), adjusted.GetProperty("theta")[0].GetDouble(), 1e-9);
        }

        Assert.Equal(expected.GetProperty("variance_reduction").GetDouble(), actual.GetProperty("cuped").GetProperty("variance_reduction").GetDouble(), 1e-9);
        Assert.Equal(1, actual.GetProperty("cuped").GetProperty("coverage").GetDouble());
    }

    private static void Near(JsonElement expected, JsonElement actual, string[] names, double relative)
    {
        foreach (var name in names)
        {
            var (theirs, ours) = (expected.GetProperty(name).GetDouble(), actual.GetProperty(name).GetDouble());
            Assert.True(Math.Abs(theirs - ours) <= relative * Math.Abs(theirs), $"{name}: {ours} where SciPy has {theirs}");
        }
    }

    private static long[] Numbers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(number => number.GetInt64())];
}
