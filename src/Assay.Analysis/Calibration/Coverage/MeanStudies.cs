using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Tests and intervals of means and proportions that are read once.</summary>
internal static class MeanStudies
{
    private const double Alpha = 0.05;

    private const int Million = 1_000_000;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Welch("equal", "ten normal units an arm", draws => (draws.Normal(10, 0, 1), draws.Normal(10, 0, 1))),
        Welch("unequal", "8 and 24 normal units with standard deviations 1 and 3", draws => (draws.Normal(8, 0, 1), draws.Normal(24, 0, 3))),
        Welch("log-normal", "2,000 log-normal amounts an arm (σ = 1)", draws => (draws.Of(2000, LogNormal), draws.Of(2000, LogNormal))),
        Simulation.Of(
            "coverage/pooled-z",
            "The pooled z, read once",
            "A million units an arm at 30 % in both.",
            40_000,
            5_000,
            draws => FixedHorizon.TwoProportions(draws.Binomial(Million, 0.3), Million, draws.Binomial(Million, 0.3), Million, Alpha).Value,
            [.. Tests]),
    ];

    private static ImmutableArray<Question<Inference>> Tests =>
    [
        new("interval", "interval of the difference", new Claim.Rate(1 - Alpha, 0.002), "nominal", test => test.Interval.Lower <= 0 && 0 <= test.Interval.Upper),
        new("level", "p ≤ .01", new Claim.Rate(0.01, 0.001), "nominal", test => test.PValue <= 0.01),
        new("p", "mean p-value, and their distribution", new Claim.Uniform(), "Kolmogorov's test", test => test.PValue),
    ];

    private static Simulation Welch(string name, string world, Func<Draws, (Moments Control, Moments Treatment)> draw) => Simulation.Of(
        $"coverage/welch-{name}",
        $"Welch's t, {world}",
        "No difference between the arms.",
        name == "log-normal" ? 10_000 : 40_000,
        5_000,
        draws =>
        {
            var (control, treatment) = draw(draws);
            return FixedHorizon.Welch(control, treatment, Alpha).Value;
        },
        [.. Tests]);

    private static double LogNormal(Draws draws) => draws.LogNormal(1);
}
