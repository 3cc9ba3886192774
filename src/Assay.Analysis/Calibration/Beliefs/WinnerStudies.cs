using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Beliefs;

/// <summary>Effects that are reported because they were significant.</summary>
internal static class WinnerStudies
{
    private const double Alpha = 0.05;
    private const double Truth = 1.5;

    private static readonly double Threshold = Normal.TwoSidedCritical(Alpha);
    private static readonly Estimate Prior = new(0, 1, double.PositiveInfinity);

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "winners/prior",
            "The winner's curse, with a prior as wide as the noise",
            "Effects from N(0, 1), estimated with a standard error of 1; what is significant at .05 is reported.",
            200_000,
            20_000,
            draws => Measure(draws, draws.Normal()),
            // E[θ | d] = d/2 whatever was selected by d.
            new("plain", "truth less half the reported estimate, in the direction reported", new Claim.Expectation(0), "exaggerated twofold: E[θ|d] = d/2", run => Winner(run, (run.Truth - (run.Effect.Value / 2)) * Math.Sign(run.Effect.Value))),
            new("excess", "reported estimate less the truth, in the direction reported", new Claim.Misses(0, Excess, 0.02), "half the mean significant estimate", run => Winner(run, (run.Effect.Value - run.Truth) * Math.Sign(run.Effect.Value))) { IsNaive = true },
            new("shrunk", "shrunk estimate less the truth, in the direction reported", new Claim.Expectation(0), "unbiased under the true prior", run => Winner(run, (NormalPosterior.Of(run.Effect, Prior).Value.Value - run.Truth) * Math.Sign(run.Effect.Value)))),
        Simulation.Of(
            "winners/conditional",
            "A significant effect without a prior",
            "One true effect of 1.5 standard errors; what is significant at .05 is reported.",
            40_000,
            6_000,
            draws => Measure(draws, Truth),
            new("interval", "interval given selection", new Claim.Rate(1 - Alpha), "Zhong & Prentice 2008", run => Selected(run, selected => selected.Interval.Lower <= Truth && Truth <= selected.Interval.Upper)),
            new("median", "median-unbiased estimate above the truth", new Claim.Rate(0.5), "Zhong & Prentice 2008", run => Selected(run, selected => selected.MedianUnbiased > Truth)),
            new("plain", "plain estimate above the truth", new Claim.Exceeds(0.5), "selection", run => Winner(run, run.Effect.Value > Truth ? 1 : 0)) { IsNaive = true }),
    ];

    /// <summary>E[d − θ | |d| &gt; z] = E|d|/2 with d ~ N(0, 2): √2·φ(z/√2) ÷ (2Φ̄(z/√2)).</summary>
    private static double Excess => Math.Sqrt(2) * Normal.Density(Threshold / Math.Sqrt(2)) / Normal.Survival(Threshold / Math.Sqrt(2)) / 2;

    private static (double Truth, Estimate Effect) Measure(Draws draws, double truth) => (truth, new Estimate(truth + draws.Normal(), 1, double.PositiveInfinity));

    private static double Winner((double Truth, Estimate Effect) run, double answer) => Math.Abs(run.Effect.Value) >= Threshold ? answer : double.NaN;

    private static double Selected((double Truth, Estimate Effect) run, Func<SelectedEffect, bool> answer) =>
        SelectedEffect.Of(run.Effect, Threshold, Alpha).TryGet(out var selected) ? (answer(selected) ? 1 : 0) : double.NaN;
}
