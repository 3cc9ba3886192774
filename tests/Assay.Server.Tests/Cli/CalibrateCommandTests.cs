using System.Text.Json;
using Assay.Analysis.Calibration;
using Assay.Server.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class CalibrateCommandTests : IDisposable
{
    private const string Computed = "coverage/rates";

    private readonly FileInfo _page = new(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.md"));
    private readonly StringWriter _answer = new();
    private readonly StringWriter _notes = new();

    [Fact]
    public async Task People_read_a_table_and_see_progress_beside_it()
    {
        Assert.Equal(0, await CalibrateAsync(only: Computed));

        Assert.Matches(@"Wilson, 50 units at 3 %\s+0\.937240\s+0\.93724\s+independent enumeration\s+1\s+holds", _answer.ToString());
        Assert.Contains("5 studies with seed 20260101: 5 hold, 0 naive ones err as they must, 0 broken.", _answer.ToString(), StringComparison.Ordinal);
        Assert.Equal($"{Computed} …\n", _notes.ToString());
    }

    [Fact]
    public async Task Programs_read_every_study_with_its_tally_and_right_answer()
    {
        Assert.Equal(0, await CalibrateAsync(only: "coverage/lift-0.3/delta", factor: 0.01, seed: 5, json: true));

        var answer = JsonElement.Parse(_answer.ToString());
        Assert.Equal(5UL, answer.GetProperty("seed").GetUInt64());
        Assert.True(answer.GetProperty("is_as_it_should").GetBoolean());
        var study = answer.GetProperty("studies")[0];
        Assert.Equal("coverage/lift-0.3/delta", study.GetProperty("name").GetString());
        Assert.Equal("fails_as_it_should", study.GetProperty("verdict").GetString());
        Assert.Equal(50_000, study.GetProperty("runs").GetInt64());
        Assert.Equal(study.GetProperty("measured").GetDouble(), study.GetProperty("sum").GetDouble() / 50_000, 1e-12);
        Assert.Equal("0.934115 < 0.95", study.GetProperty("right_answer").GetString());
    }

    [Fact]
    public void A_broken_study_is_exit_code_1_and_named_in_the_table()
    {
        var report = CalibrationRun.Run(only: $"{Computed}/wilson-1000");
        var section = report.Sections[0];
        var broken = report with { Sections = [section with { Results = [section.Results[0] with { Verdict = Verdict.Broken }] }] };
        CalibrationTables.Print(broken, _answer);

        Assert.Equal(0, CalibrateCommand.ExitCode(report));
        Assert.Equal(1, CalibrateCommand.ExitCode(broken));
        Assert.Contains($"BROKEN {Computed}/wilson-1000: 0.963536 in 1 runs; right is 0.963536", _answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no/such", 1.0, false, "--only no/such: no study's name starts so.")]
    [InlineData(Computed, 0.0, false, "--runs-factor: expected a positive number.")]
    [InlineData(Computed, 1.0, true, "--write: with --only it renews a page, and there is none.")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_simulated(string only, double factor, bool write, string refusal)
    {
        Assert.Equal(2, await CalibrateAsync(only, factor, write: write));

        Assert.Equal($"assay: {refusal}\n", _notes.ToString());
        Assert.Empty(_answer.ToString());
        Assert.False(_page.Exists);
    }

    public void Dispose()
    {
        _page.Delete();
        _answer.Dispose();
        _notes.Dispose();
    }

    private Task<int> CalibrateAsync(string? only, double factor = 1, ulong seed = CalibrationRun.DefaultSeed, bool json = false, bool write = false) =>
        CalibrateCommand.RunAsync(new CalibrateCommand.Request(factor, seed, only, json, write ? _page : null), _answer, _notes, TestContext.Current.CancellationToken);
}
