using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Stopping;

/// <summary>Forecasts at an interim look, and tests that also stop for futility.</summary>
internal static class ForecastStudies
{
    private const double Alpha = 0.025;
    private const double Power = 0.8;
    private const double Interim = 0.4;
    private const double PriorDeviation = 1.5;

    private static readonly double Critical = Normal.InverseSurvival(Alpha);
    private static readonly double Drift = Critical + Normal.Quantile(Power);
    private static readonly FutilityDesign Futility = FutilityDesign.Of(SpendingFunction.OBrienFleming, SpendingFunction.OBrienFleming, [0.25, 0.5, 0.75, 1], Alpha, 1 - Power);

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "stopping/forecast",
            "Forecasts at 40 % of the information",
            "A one-sided test of drift normal around the planned one; what is forecast is whether its last look rejects.",
            40_000,
            10_000,
            draws => Forecast(draws),
            new("conditional", "conditional power at the true drift, less what happened", new Claim.Expectation(0), "calibrated", run => ConditionalPower.Under(run.Drift, run.Z, Interim, Critical) - run.Rejected),
            new("predictive", "predictive power under the true prior, less what happened", new Claim.Expectation(0), "calibrated", run => ConditionalPower.Predictive(run.Z, Interim, Critical, Drift, PriorDeviation * PriorDeviation) - run.Rejected)),
        Simulation.Of(
            "stopping/sequentialised",
            "A planned test as evidence at 100 looks on the way",
            "z at 100 equal steps of information, no effect.",
            20_000,
            4_000,
            draws => LargestEvidence(draws),
            new("ever-10", "evidence ever 10 or more", new Claim.AtMost(0.1), "Ville 1939; Koning 2025", evidence => evidence >= Math.Log(10)),
            new("ever-20", "evidence ever 20 or more: the test itself", new Claim.Rate(2 * Alpha), "it is reached only where the test rejects", evidence => evidence >= Math.Log(20) - 1e-9)),
        Simulation.Of(
            "stopping/futility",
            "Four looks with non-binding futility",
            "One-sided .025, both bounds by Lan–DeMets O'Brien–Fleming, power 80 %.",
            40_000,
            10_000,
            draws => (Null: StoppedTest.Walk(draws, Futility.Fractions, 0), Effect: StoppedTest.Walk(draws, Futility.Fractions, Futility.Drift)),
            new("ignored", "false claims when futility is ignored", new Claim.Rate(Alpha), "recursion", run => Enumerable.Range(0, 4).Any(k => run.Null[k] >= Futility.Upper[k])),
            new("obeyed", "false claims when it is obeyed", () => new Claim.Rate(Futility.Under(0).TotalUpper), "recursion", run => Wins(run.Null)),
            new("power", "power when it is obeyed", new Claim.Rate(Power), "recursion", run => Wins(run.Effect))),
    ];

    private static double LargestEvidence(Draws draws)
    {
        ImmutableArray<double> fractions = [.. Enumerable.Range(1, 100).Select(look => look / 100.0)];
        var z = StoppedTest.Walk(draws, fractions, 0);
        return fractions.Select((t, k) => SequentialisedTest.LogEvidence(z[k], t, 2 * Alpha)).Max();
    }

    private static bool Wins(double[] path)
    {
        for (var k = 0; k < path.Length; k++)
        {
            if (path[k] >= Futility.Upper[k]) return true;
            if (path[k] <= Futility.Lower[k]) return false;
        }

        return false;
    }

    private static (double Drift, double Z, double Rejected) Forecast(Draws draws)
    {
        var drift = Drift + (PriorDeviation * draws.Normal());
        var path = StoppedTest.Walk(draws, [Interim, 1], drift);
        return (drift, path[0], path[1] >= Critical ? 1 : 0);
    }
}
