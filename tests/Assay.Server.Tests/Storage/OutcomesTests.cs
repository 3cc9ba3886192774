using Assay.Analysis.Verdicts;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage;

public sealed class OutcomesTests
{
    private static readonly string[] Statuses = [.. Wire.All<VerdictStatus>()];

    private static readonly Gen<List<OutcomeRow>> Histories = Gen.Select(Gen.Int[0, 40], Gen.Select(Gen.Int[0, 40], Gen.Int[0, Statuses.Length - 1]).Array[0, 4]).Array[0, 12].Select(experiments => experiments
        .SelectMany((experiment, i) => experiment.Item2.OrderBy(verdict => verdict.Item1).Select((verdict, number) => Row($"e{i}", experiment.Item1, number + 1, verdict.Item1, Statuses[verdict.Item2]))).ToList());

    /// <summary>What is known as of a moment is the same whatever comes later.</summary>
    [Fact]
    public void Nothing_that_comes_later_changes_what_was_known() => Gen.Select(Histories, Gen.Int[0, 40]).Sample((rows, at) =>
    {
        var before = rows.Where(row => row.StoppedAt <= at && row.AsOf <= at);
        Assert.Equal(new Outcomes(before).AsOf(at, "e3"), new Outcomes(rows).AsOf(at, "e3"));
    });

    [Fact]
    public void The_last_verdict_of_each_stopped_experiment_counts_if_it_is_a_decision() => Gen.Select(Histories, Gen.Int[0, 40]).Sample((rows, at) =>
    {
        var last = rows.Where(row => row.StoppedAt <= at && row.AsOf <= at && row.Experiment != "e3").GroupBy(row => row.Experiment).Select(own => own.OrderBy(row => row.Number).Last().Beginning).ToList();
        bool Says(string beginning, string status) => beginning.StartsWith($$"""{"status":"{{status}}",""", StringComparison.Ordinal);
        var shipped = last.Count(beginning => Says(beginning, "ship"));
        var others = last.Count(beginning => Says(beginning, "stop_harm") || Says(beginning, "no_worthwhile_effect") || Says(beginning, "inconclusive"));
        Assert.Equal(new InstallationRecord(shipped, shipped + others), new Outcomes(rows).AsOf(at, "e3"));
    });

    [Fact]
    public void Ten_comes_after_nine() =>
        Assert.Equal(new InstallationRecord(1, 1), new Outcomes([Row("e", 5, 9, 3, "stop_harm"), Row("e", 5, 10, 3, "ship")]).AsOf(6, "other"));

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"recommended_index\":null,\"status\":\"ship\"}")]
    [InlineData("{\"status\":\"shipped\",\"recommended_index\":null}")]
    [InlineData("{\"status\":\"ship")]
    public void A_verdict_that_does_not_begin_with_a_status_is_no_decision_and_breaks_nothing(string beginning) =>
        Assert.Equal(new InstallationRecord(1, 1), new Outcomes([Row("e", 5, 9, 3, "ship"), Row("f", 5, 1, 3, "ship") with { Beginning = beginning }]).AsOf(6, "other"));

    /// <summary>What the first characters are taken for: the serializer writes the status first.</summary>
    [Fact]
    public void A_verdict_as_it_is_written_begins_with_its_status()
    {
        var verdict = Dashboard.Samples.Winner().Readout!.Verdict with { Status = VerdictStatus.StopHarm };
        var text = System.Text.Json.JsonSerializer.Serialize(verdict, Assay.Analysis.Readouts.ReadoutJson.Default.VerdictReadout);
        Assert.Equal(VerdictStatus.StopHarm, (Row("e", 5, 1, 3, "ship") with { Beginning = text[..60] }).Status);
    }

    private static OutcomeRow Row(string experiment, long stoppedAt, int number, long asOf, string status) => new()
    {
        Experiment = experiment,
        StoppedAt = stoppedAt,
        Name = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        AsOf = asOf,
        Beginning = $$"""{"status":"{{status}}","recommended_index":null,"sentence":"As if th""",
    };
}
