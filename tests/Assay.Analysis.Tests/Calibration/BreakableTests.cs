using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>No study whose claim nothing could break: by the number of its runs, and by what happened in them.</summary>
public sealed class BreakableTests
{
    /// <summary>A promise is worth its runs when a rate this many times the promised one would have been called broken.</summary>
    private const double Sharpness = 2;

    public static IEnumerable<TheoryDataRow<string>> Simulations => QuickRun.Names;

    [Theory]
    [Trait("Ring", "calibration")]
    [MemberData(nameof(Simulations))]
    public void For_every_claim_about_a_rate_there_is_a_tally_that_disagrees(string name)
    {
        var simulation = CalibrationStudies.Simulations.Single(candidate => candidate.Name == name);
        Assert.All(simulation.Studies.Where(study => CalibrationTests.IsRate(study.Claim)), study =>
        {
            var runs = PublishedPage.Results[study.Name].Runs;
            Assert.Contains([0, runs], yes => !study.Claim.Agrees(Tally.Of(yes, runs)));
            if (study.Claim is Claim.AtMost { Most: > 0 } promise) Assert.InRange(promise.BrokenFrom(runs), promise.Most, Sharpness * promise.Most);
        });
    }

    [Fact]
    public void A_rule_that_promises_not_to_err_was_seen_to_err_in_its_world_or_the_page_could_not_tell_it_from_one_that_never_speaks()
    {
        var silent =
            from section in PublishedPage.Report.Sections
            from rule in section.Results.Where(result => !double.IsNaN(result.BrokenFrom) && result.RightAnswer != "≤ 0.0").GroupBy(result => result.Study.Procedure, StringComparer.Ordinal)
            where rule.All(result => result.Sum == 0)
            select $"{section.Name}: {rule.Key}";
        Assert.Empty(silent);
    }

    [Fact]
    public void What_the_page_says_would_have_broken_a_promise_is_what_the_claim_says() => Assert.All(
        PublishedPage.Report.Results.Where(result => !double.IsNaN(result.BrokenFrom)), result => Assert.Equal(result.Study.Claim.BrokenFrom(result.Runs), result.BrokenFrom, 1e-12));
}
