using System.Collections.Immutable;
using Assay.Analysis.Calibration;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Calibration.Stopping;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Methods with a defect, run through the same studies: each must be found out with the runs of the quick version.</summary>
[Trait("Ring", "calibration")]
public sealed class BrokenMethodTests
{
    private const double Alpha = 0.05;

    private static readonly ImmutableArray<double> Fractions = [.. Enumerable.Range(1, 20).Select(look => look / 20.0)];

    [Theory]
    [InlineData("peeking/6-decades", "flat-mixture")]
    [InlineData("peeking/20-decades", "flat-z")]
    [InlineData("peeking/running", "lan-demets-obrien-fleming/1000")]
    [InlineData("peeking/running", "obrien-fleming/100")]
    [InlineData("guardrail/increase", "safe-plain")]
    [InlineData("clusters/equal", "ignored")]
    [InlineData("bandit/200", "batched")]
    [InlineData("coverage/winsorised", "by-arm")]
    public void A_method_that_promises_a_level_and_does_not_hold_it_is_broken(string simulation, string study) =>
        Assert.Equal(Verdict.Broken, Claiming(simulation, study, new Claim.AtMost(Alpha)));

    [Theory]
    [InlineData("peeking/small-samples", "mixture-from-first-unit/1000", 0.0171)]
    [InlineData("peeking/small-samples", "pocock-from-first-unit/1000", 0.05)]
    public void A_rule_that_reads_the_first_handful_of_units_is_broken(string simulation, string study, double right) =>
        Assert.Equal(Verdict.Broken, Claiming(simulation, study, new Claim.AtMost(right)));

    [Theory]
    [InlineData("coverage/lift-0.3", "delta")]
    [InlineData("coverage/ratio-50", "per-event")]
    [InlineData("coverage/quantile-100", "p90-iid")]
    [InlineData("coverage/epochs", "unadjusted")]
    [InlineData("bayes/stopped", "flat")]
    [InlineData("families/dunnett-large", "plain")]
    public void An_interval_that_promises_its_coverage_and_does_not_reach_it_is_broken(string simulation, string study) =>
        Assert.Equal(Verdict.Broken, Claiming(simulation, study, new Claim.AtLeast(1 - Alpha)));

    [Theory]
    [InlineData("peeking/6-decades", "mixture")]
    [InlineData("families/independent", "holm")]
    [InlineData("clusters/equal", "bias-reduced")]
    public void A_method_shown_as_naive_that_does_not_err_is_broken(string simulation, string study) =>
        Assert.Equal(Verdict.Broken, Claiming(simulation, study, new Claim.Exceeds(Alpha)));

    [Fact]
    public void A_test_at_twice_its_level_is_broken() => Assert.Equal(Verdict.Broken, Crossing(GroupSequential.OBrienFleming(20, 2 * Alpha).Z));

    [Fact]
    public void A_test_at_half_its_level_is_broken() => Assert.Equal(Verdict.Broken, Crossing(GroupSequential.OBrienFleming(20, Alpha / 2).Z));

    [Fact]
    public void Bounds_for_a_quarter_of_the_looks_are_broken() =>
        Assert.Equal(Verdict.Broken, Crossing([.. Enumerable.Repeat(GroupSequential.Pocock(5, Alpha).Constant!.Value, 20)]));

    [Fact]
    public void A_plan_that_forgets_the_second_side_is_broken()
    {
        var units = (int)Math.Ceiling(Power.TwoMeansControlSize(1, 0.1, 1, 2 * Alpha, 0.8).Value);
        Assert.Equal(Verdict.Broken, Judge(new Claim.Rate(0.8, 0.015), draws => FixedHorizon.Welch(draws.Normal(units, 0, 1), draws.Normal(units, 0.1, 1), Alpha).Value.Interval.Lower > 0));
    }

    [Fact]
    public void P_values_of_a_normal_where_a_t_is_due_are_broken() => Assert.Equal(
        Verdict.Broken,
        Judge(new Claim.Uniform(), draws => Normal.TwoSidedPValue(FixedHorizon.Welch(draws.Normal(4, 0, 1), draws.Normal(4, 0, 1), Alpha).Value.Statistic)));

    private static Verdict Crossing(ImmutableArray<double> z) => Judge(new Claim.Rate(Alpha), draws => StoppedTest.Walk(draws, Fractions, 0).Where((value, k) => Math.Abs(value) >= z[k]).Any());

    private static Verdict Judge(Claim claim, Func<Draws, bool> answer) => Judge(claim, draws => answer(draws) ? 1.0 : 0.0);

    private static Verdict Judge(Claim claim, Func<Draws, double> answer) => Run(Simulation.Of("broken", "", "", 20_000, 4_000, draws => draws, new Question<Draws>("method", "", claim, "", answer)))[0].Verdict;

    /// <summary>A study of the list with another right answer.</summary>
    private static Verdict Claiming(string name, string study, Claim claim)
    {
        var simulation = CalibrationStudies.Simulations.Single(candidate => candidate.Name == name);
        // The other studies of the world are not asked, so that only this one can call for a second run.
        var claims = simulation.Studies.Select(candidate => new Study(candidate.Name, "", candidate.Name == $"{name}/{study}" ? claim : new Anything(), ""));
        return Run(simulation with { Studies = [.. claims] }).Single(result => result.Study.Name == $"{name}/{study}").Verdict;
    }

    private static ImmutableArray<StudyResult> Run(Simulation simulation) => CalibrationRun.Run(simulation, CalibrationRun.QuickFactor, 1);

    private sealed record Anything : Claim
    {
        public override string RightAnswer => "";

        protected override bool Fits(Tally tally) => true;
    }
}
