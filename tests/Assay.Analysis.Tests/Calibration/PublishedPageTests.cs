using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>docs/methods/calibration.md fits the studies of the code: whoever adds or renames one writes it anew (<c>assay calibrate --write docs/methods/calibration.md</c>).</summary>
public sealed class PublishedPageTests
{
    [Fact]
    public void The_page_lists_the_studies_of_the_code_and_no_others() =>
        Assert.Equal(CalibrationStudies.All.Select(study => study.Name), PublishedPage.Names);

    [Fact]
    public void The_page_is_what_the_code_writes_of_its_record() => Assert.Equal(PublishedPage.Text, CalibrationPage.Write(PublishedPage.Report));

    [Fact]
    public void Nothing_on_the_page_is_broken() => Assert.DoesNotContain(PublishedPage.Report.Results, result => result.Verdict == Verdict.Broken);

    [Fact]
    public void The_page_is_of_the_seed_and_the_runs_that_are_published()
    {
        var report = PublishedPage.Report;
        Assert.Equal(CalibrationRun.DefaultSeed, report.Seed);
        Assert.Equal(1, report.RunsFactor);
    }
}
