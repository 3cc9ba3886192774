using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Worlds that were simulated anew take their place in a page that is there.</summary>
public sealed class CalibrationRecordTests
{
    private const string World = "coverage/ratios-of-counts";

    [Fact]
    public void A_world_that_is_run_again_leaves_the_page_as_it_is()
    {
        var again = PublishedPage.Report.With(CalibrationRun.Run(only: World));
        Assert.Equal(PublishedPage.Report.Results.Select(result => (result.Study.Name, result.Verdict)), again.Results.Select(result => (result.Study.Name, result.Verdict)));
        Assert.All(again.Results.Zip(PublishedPage.Report.Results), pair => Assert.Equal(pair.Second.Measured, pair.First.Measured, 1e-9));
    }

    [Fact]
    public void Studies_that_were_run_anew_replace_those_of_the_page_and_no_others()
    {
        var later = CalibrationRun.Run(only: $"{World}/katz-rare");
        var changed = later with { Sections = [later.Sections[0] with { Results = [later.Results.Single() with { Measured = 0.5 }] }] };
        var different = PublishedPage.Report.With(changed).Results.Zip(PublishedPage.Report.Results).Where(pair => pair.First.Measured != pair.Second.Measured).ToList();
        Assert.Equal($"{World}/katz-rare", Assert.Single(different).First.Study.Name);
        Assert.Equal(0.5, different[0].First.Measured);
    }

    [Fact]
    public void Another_seed_or_other_runs_do_not_mix_with_a_page()
    {
        Assert.Throws<ArgumentException>("later", () => PublishedPage.Report.With(CalibrationRun.Run(only: World, seed: 5)));
        Assert.Throws<ArgumentException>("later", () => PublishedPage.Report.With(CalibrationRun.Run(0.5, only: World)));
    }

    [Fact]
    public void What_is_no_page_is_refused() => Assert.Throws<FormatException>(() => CalibrationRecord.Read("# Calibration"));
}
