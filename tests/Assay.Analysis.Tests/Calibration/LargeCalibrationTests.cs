using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Half of the published runs, with random numbers that are not the page's.</summary>
[Trait("Ring", "soak")]
public sealed class LargeCalibrationTests
{
    private const ulong Seed = 7;
    private const double Factor = 0.5;

    public static IEnumerable<TheoryDataRow<string>> Simulations => QuickRun.Names;

    [Theory]
    [MemberData(nameof(Simulations))]
    public void Every_method_holds_and_every_naive_one_errs(string name)
    {
        var results = CalibrationRun.Run(CalibrationStudies.Simulations.Single(simulation => simulation.Name == name), Factor, Seed);
        Assert.DoesNotContain(results, result => result.Verdict == Verdict.Broken);
    }
}
