using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Families;

/// <summary>Non-inferiority and equivalence with the truth exactly at the margin.</summary>
internal static class MarginStudies
{
    private const double Alpha = 0.05;
    private const double Margin = 0.05;
    private const int Units = 20_000;

    public static ImmutableArray<Simulation> All { get; } =
    [
        At("increase", 1 - Margin, 1),
        At("decrease", 1 + Margin, -1),
    ];

    private static Simulation At(string direction, double factor, int sign) => Simulation.Of(
        $"margin/{direction}",
        $"A metric that should {direction}, worse by exactly its margin of 5 %",
        "20,000 normal units an arm about 1 and a standard deviation of 1.",
        40_000,
        10_000,
        draws => (Control: Mean.Of(draws.Normal(Units, 1, 1)).Value, Treatment: Mean.Of(draws.Normal(Units, factor, 1)).Value),
        new("non-inferiority", "called non-inferior", new Claim.Rate(Alpha), "one-sided α", sample => Safe(sample, sign)),
        new("equivalence", "called equivalent, relative margins ± 5 %", new Claim.Rate(Alpha), "one-sided α; the far margin is out of reach", sample => EquivalenceTest.Relative(sample.Control, sample.Treatment, -Margin, Margin).Value.PValue <= Alpha),
        new("equivalence-absolute", "called equivalent, absolute margins ± 0.05", new Claim.Rate(Alpha), "one-sided α", sample => EquivalenceTest.Absolute(sample.Control, sample.Treatment, -Margin, Margin).Value.PValue <= Alpha));

    private static bool Safe((Estimate Control, Estimate Treatment) sample, int sign)
    {
        var test = FixedHorizon.Infer(NonInferiority.Contrast(sample.Control, sample.Treatment, Margin, sign), 2 * Alpha).Value;
        return sign > 0 ? test.Interval.Lower > 0 : test.Interval.Upper < 0;
    }
}
