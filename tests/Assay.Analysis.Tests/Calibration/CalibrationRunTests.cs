using Assay.Analysis.Calibration;
using Assay.Analysis.Calibration.Chance;

namespace Assay.Analysis.Tests.Calibration;

public sealed class CalibrationRunTests
{
    [Fact]
    public void Tallies_are_those_of_the_runs_one_after_the_other()
    {
        var simulation = Coin(new Claim.Rate(0.3), new Claim.Expectation(0.5));
        var results = CalibrationRun.Run(simulation, 1, 5);

        double heads = 0, sum = 0;
        for (var run = 0; run < simulation.Runs; run++)
        {
            var draws = new Draws(5, Draws.Key("coin"), (ulong)run);
            heads += draws.Chance(0.3) ? 1 : 0;
            sum += draws.Uniform();
        }

        Assert.Equal(heads, results[0].Sum);
        Assert.Equal(sum, results[1].Sum, 1e-9);
        Assert.Equal(results[1].Sum, CalibrationRun.Run(simulation, 1, 5)[1].Sum);
        Assert.NotEqual(results[0].Sum, CalibrationRun.Run(simulation, 1, 6)[0].Sum);
    }

    [Theory]
    [InlineData(0.3, Verdict.Holds, false)]
    [InlineData(0.35, Verdict.Broken, true)]
    public void A_study_that_disagrees_is_run_again_and_is_broken_if_it_disagrees_twice(double claimed, Verdict verdict, bool isSecond)
    {
        var result = CalibrationRun.Run(Coin(new Claim.Rate(claimed), new Claim.Expectation(0.5)), 1, 5)[0];
        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(isSecond, result.IsSecond);
    }

    [Fact]
    public void A_naive_method_that_errs_is_as_it_should_be_and_one_that_does_not_is_broken()
    {
        Assert.Equal(Verdict.FailsAsItShould, CalibrationRun.Run(Coin(new Claim.Exceeds(0.2), new Claim.Expectation(0.5)), 1, 5)[0].Verdict);
        Assert.Equal(Verdict.Broken, CalibrationRun.Run(Coin(new Claim.Exceeds(0.3), new Claim.Expectation(0.5)), 1, 5)[0].Verdict);
    }

    [Fact]
    public void A_factor_never_asks_for_fewer_runs_than_decide()
    {
        var simulation = Coin(new Claim.Rate(0.3), new Claim.Expectation(0.5));
        Assert.Equal(simulation.LeastRuns, CalibrationRun.Run(simulation, 1e-9, 5)[0].Runs);
        Assert.Equal(2 * simulation.Runs, CalibrationRun.Run(simulation, 2, 5)[0].Runs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_that_is_not_positive_is_refused(double factor) => Assert.Throws<ArgumentOutOfRangeException>("runsFactor", () => CalibrationRun.Run(factor));

    [Fact]
    public void Only_the_studies_that_were_asked_for_are_reported()
    {
        var worlds = new List<string>();
        var report = CalibrationRun.Run(0.01, only: "coverage/rates/w", progress: worlds.Add);
        Assert.Equal(["coverage/rates/wilson", "coverage/rates/wilson-1000"], report.Results.Select(result => result.Study.Name));
        Assert.Equal(["coverage/rates"], worlds);
        Assert.True(report.IsAsItShould);
    }

    [Fact]
    public void Names_are_unique_and_begin_with_their_world()
    {
        Assert.Equal(CalibrationStudies.All.Length, CalibrationStudies.All.Select(study => study.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(CalibrationStudies.Simulations.Length, CalibrationStudies.Simulations.Select(simulation => simulation.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(CalibrationStudies.Simulations, simulation => Assert.All(simulation.Studies, study => Assert.StartsWith($"{simulation.Name}/", study.Name, StringComparison.Ordinal)));
        Assert.DoesNotContain(CalibrationStudies.All, study => study.Name.Contains(' ', StringComparison.Ordinal));
    }

    private static Simulation Coin(Claim heads, Claim mean) => Simulation.Of(
        "coin",
        "A coin",
        "Heads three times in ten.",
        5_000,
        500,
        draws => (IsHeads: draws.Chance(0.3), Value: draws.Uniform()),
        new Question<(bool IsHeads, double Value)>("heads", "heads", heads, "the coin", toss => toss.IsHeads),
        new Question<(bool IsHeads, double Value)>("mean", "mean", mean, "the coin", toss => toss.Value));
}
