using System.Collections.Immutable;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Plans;

/// <summary>What rules for reading early cost and gain at 28 daily looks, beside the recursion that computes it.</summary>
internal static class LookStudies
{
    private const double Alpha = 0.05;
    private const double Power = 0.8;
    private const int Looks = 28;

    private static readonly double Drift = Normal.TwoSidedCritical(Alpha) + Normal.Quantile(Power);
    private static readonly ImmutableArray<double> Fractions = [.. Enumerable.Range(1, Looks).Select(look => (double)look / Looks)];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "efficiency/28-looks",
            "28 daily looks at an effect that the fixed test finds with power 80 %",
            "z at 28 equal steps of information: with the effect, and without.",
            40_000,
            10_000,
            draws => (Effect: Stopping.StoppedTest.Walk(draws, Fractions, Drift), Null: Stopping.StoppedTest.Walk(draws, Fractions, 0)),
            [
                .. Rule("obrien-fleming", "O'Brien–Fleming", () => GroupSequential.OBrienFleming(Looks, Alpha)),
                .. Rule("haybittle-peto", "Haybittle–Peto, z = 3", () => GroupSequential.HaybittlePeto(Looks, Alpha)),
                .. Rule("kim-demets", "Kim–DeMets, ρ = 3", () => GroupSequential.Spending(SpendingFunction.KimDeMets(3), Fractions, Alpha)),
                .. Rule("pocock", "Pocock", () => GroupSequential.Pocock(Looks, Alpha)),
                .. Rule("calibrated-mixture", "mixture calibrated to the looks", () => CalibratedMixture.Of(Fractions, Alpha).Bounds),
                .. Rule("hybrid", "half mixture, half fixed", () => MixtureBoundaries.Hybrid(Fractions, Alpha)),
                .. Rule("mixture", "normal mixture tuned to the end", () => MixtureBoundaries.Plain(Fractions, Alpha)),
            ]),
    ];

    private static IEnumerable<Question<(double[] Effect, double[] Null)>> Rule(string name, string procedure, Func<Boundaries> create)
    {
        var bounds = new Lazy<Boundaries>(create);
        var exact = new Lazy<RelativeEfficiency>(() => RelativeEfficiency.Of(bounds.Value, Alpha, Power));
        yield return new($"{name}/type-1", procedure, () => new Claim.Rate(exact.Value.FalsePositiveRate), "recursion", run => Stop(run.Null).Crossed != 0) { Column = "false positives" };
        yield return new($"{name}/power", procedure, () => new Claim.Rate(exact.Value.Power), "recursion", run => Stop(run.Effect).Crossed > 0) { Column = "power" };
        yield return new($"{name}/size", procedure, () => new Claim.Expectation(exact.Value.ExpectedFraction), "recursion", run => Stop(run.Effect).Fraction) { Column = "expected size" };

        (double Fraction, int Crossed) Stop(double[] z)
        {
            for (var k = 0; k < z.Length; k++)
            {
                if (Math.Abs(z[k]) >= bounds.Value.Z[k]) return (Fractions[k], Math.Sign(z[k]));
            }

            return (1, 0);
        }
    }
}
