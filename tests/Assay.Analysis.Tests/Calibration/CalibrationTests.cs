using System.Globalization;
using Assay.Analysis.Calibration;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Everything that is published in docs/methods/calibration.md, simulated anew with fewer runs: two minutes.</summary>
[Trait("Ring", "calibration")]
public sealed class CalibrationTests
{
    /// <summary>Hundreds of comparisons share this doubt, and their runs are among those of the page.</summary>
    private const double Doubt = 1e-5;

    public static IEnumerable<TheoryDataRow<string>> Simulations => QuickRun.Names;

    [Theory]
    [MemberData(nameof(Simulations))]
    public void Every_method_holds_and_every_naive_one_errs(string name)
    {
        var broken = QuickRun.Of(name).Where(result => result.Verdict == Verdict.Broken).Select(Describe);
        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Simulations))]
    public void The_page_prints_what_the_code_measures(string name) => Assert.All(QuickRun.Of(name), result =>
    {
        var printed = PublishedPage.Results[result.Study.Name];
        Assert.Equal(printed.RightAnswer, result.RightAnswer);
        Assert.True(Agree(result, printed), $"{Describe(result)}, printed {printed.Measured.ToString(CultureInfo.InvariantCulture)} of {printed.Runs}");
    });

    /// <summary>Rates by Fisher's exact test, means by their errors, computed values to the digits that differ between machines.</summary>
    private static bool Agree(StudyResult quick, StudyResult printed)
    {
        if (quick.Runs == 1) return Math.Abs(quick.Measured - printed.Measured) < 1e-6;
        if (IsRate(quick.Study.Claim)) return FisherTest.Of((long)Math.Round(printed.Measured * printed.Runs), printed.Runs, (long)quick.Sum, quick.Runs).Value.PValue > Doubt;
        var error = double.Hypot(quick.StandardError, printed.StandardError);
        return Math.Abs(quick.Measured - printed.Measured) <= Normal.TwoSidedCritical(Doubt) * error;
    }

    internal static bool IsRate(Claim claim) => claim is Claim.Rate or Claim.AtMost or Claim.AtLeast or Claim.Exceeds or Claim.FallsShort or Claim.KnownToExceed or Claim.KnownToFallShort;

    private static string Describe(StudyResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{result.Study.Name}: {result.Measured} ± {result.StandardError} of {result.Runs}, right is {result.RightAnswer}");
}
