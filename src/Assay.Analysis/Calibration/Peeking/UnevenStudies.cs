using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Calibration.Stopping;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Spending functions at looks that come when they come, and with more information than was planned.</summary>
internal static class UnevenStudies
{
    private const double Alpha = 0.05;
    private const int Looks = 8;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "peeking/uneven",
            "A/A with looks at random fractions",
            "Eight looks at random fractions of the information, the last at up to 20 % more than planned; bounds computed at each look from those so far.",
            20_000,
            1_000,
            Draw,
            Spend("lan-demets-obrien-fleming", "Lan–DeMets, O'Brien–Fleming", SpendingFunction.OBrienFleming),
            Spend("lan-demets-pocock", "Lan–DeMets, Pocock", SpendingFunction.Pocock),
            Spend("kim-demets", "Kim–DeMets, ρ = 3", SpendingFunction.KimDeMets(3)),
            Spend("hwang-shih-decani", "Hwang–Shih–DeCani, γ = −4", SpendingFunction.HwangShihDeCani(-4))),
    ];

    private static Question<(ImmutableArray<double> Fractions, double[] Z)> Spend(string name, string procedure, SpendingFunction spending) => new(name, procedure, new Claim.Rate(Alpha), "spends α", test =>
    {
        var bounds = GroupSequential.Spending(spending, test.Fractions, Alpha);
        return Enumerable.Range(0, Looks).Any(k => Math.Abs(test.Z[k]) >= bounds.Z[k]);
    });

    private static (ImmutableArray<double> Fractions, double[] Z) Draw(Draws draws)
    {
        ImmutableArray<double> fractions = [.. Enumerable.Range(0, Looks - 1).Select(_ => draws.Uniform()).Order(), 1 + (0.2 * draws.Uniform())];
        return (fractions, StoppedTest.Walk(draws, fractions, 0));
    }
}
