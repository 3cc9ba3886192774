using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Families;

/// <summary>Graphs of hypotheses, segments and interactions.</summary>
internal static class GraphStudies
{
    private const double Alpha = 0.05;
    private const double Shift = 3;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "families/graphs",
            "Graphs of three hypotheses, the first with an effect",
            "Independent z with means 3, 0 and 0.",
            20_000,
            5_000,
            draws => new[] { Shift + draws.Normal(), draws.Normal(), draws.Normal() }.Select(Normal.TwoSidedPValue).ToArray(),
            Any("fixed-sequence", "fixed sequence: any false claim", [1, 0, 0], [[0, 1, 0], [0, 0, 1], [0, 0, 0]]),
            Any("fallback", "fallback: any false claim", [0.5, 0.3, 0.2], [[0, 1, 0], [0, 0, 1], [0, 0, 0]]),
            Any("parallel-gate", "gate to two at once: any false claim", [1, 0, 0], [[0, 0.5, 0.5], [0, 0, 1], [0, 1, 0]])),
        Simulation.Of(
            "families/segments",
            "Six segments with one effect, and two experiments at once",
            "Estimates of standard errors 1 to 2 about 0.5; four cells without an interaction.",
            20_000,
            5_000,
            draws => (Segments: Enumerable.Range(0, 6).Select(i => Around(draws, 0.5, 1 + (0.2 * i))).ToArray(), Cells: Enumerable.Range(0, 4).Select(i => Around(draws, 10 + i, 1)).ToArray()),
            new("heterogeneity", "p-values of Cochran's Q", new Claim.Uniform(), "Kolmogorov's test", sample => RandomEffects.Of(sample.Segments).Value.PValue.Value),
            new("pooled", "interval of the pooled effect", new Claim.Rate(1 - Alpha), "nominal", sample => Holds(RandomEffects.Of(sample.Segments).Value.Fixed)),
            new("interaction", "p-values of the interaction", new Claim.Uniform(), "Kolmogorov's test", sample => FixedHorizon.Infer(Interaction.Of(sample.Cells[0], sample.Cells[1], sample.Cells[2], sample.Cells[3]).Difference, Alpha).Value.PValue)),
        Simulation.Of(
            "families/heterogeneity",
            "Twelve experiments whose effects differ",
            "Effects normal about 0.5 with a standard deviation of 1.5, estimated with standard errors 1 to 2.",
            20_000,
            5_000,
            draws => RandomEffects.Of(Enumerable.Range(0, 12).Select(i => Around(draws, 0.5 + (1.5 * draws.Normal()), 1 + (0.2 * (i % 6)))).ToArray()).Value,
            new("random", "random-effects interval of the mean effect (DerSimonian & Laird)", new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(0.92465, 0.001)), "independent simulation of 2,000,000 families; τ² is estimated from twelve", effects => Holds(effects.Random)) { IsApproximate = true },
            new("fixed", "interval of the pooled effect, which takes the effects for equal", new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(0.78853, 0.001)), "independent simulation of 2,000,000 families", effects => Holds(effects.Fixed)) { IsNaive = true }),
    ];

    private static bool Holds(Estimate effect) => FixedHorizon.Infer(effect, Alpha).Value.Interval is var ends && ends.Lower <= 0.5 && 0.5 <= ends.Upper;

    private static Question<double[]> Any(string name, string procedure, double[] weights, double[][] transitions) => new(
        name, procedure, new Claim.AtMost(Alpha), "Bretz et al. 2009", p => GraphicalTest.AdjustedPValues(weights, transitions, p) is var adjusted && (adjusted[1] <= Alpha || adjusted[2] <= Alpha));

    private static Estimate Around(Draws draws, double mean, double error) => new(mean + (error * draws.Normal()), error * error, double.PositiveInfinity);
}
