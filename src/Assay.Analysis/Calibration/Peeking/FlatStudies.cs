using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Stopping;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Bounds over many decades of units: a bound on |z| that does not rise is crossed for certain in the end (the law of the iterated logarithm).</summary>
internal static class FlatStudies
{
    private const double Alpha = 0.05;
    private const int Looks = 1000;

    /// <summary>A "sequential" z that a vendor publishes.</summary>
    private const double PublishedZ = 3.584;

    public static ImmutableArray<Simulation> All { get; } = [Over(6), Over(20)];

    private static Simulation Over(int decades)
    {
        ImmutableArray<double> fractions = [.. Enumerable.Range(1, Looks).Select(look => Math.Pow(10, decades * ((double)look / Looks - 1)))];
        // Variance is 1/t, and the mixture is sharpest in the middle.
        var mixture = AlwaysValid.MixtureVariance(Math.Pow(10, decades / 2.0), Alpha);
        var following = AlwaysValid.Radius(1, Alpha, AlwaysValid.MixtureVariance(1, Alpha));
        var name = string.Create(CultureInfo.InvariantCulture, $"peeking/{decades}-decades");
        return Simulation.Of(
            name,
            string.Create(CultureInfo.InvariantCulture, $"A/A over {decades} decades of units"),
            "1,000 looks at equal steps of the logarithm.",
            20_000,
            4_000,
            draws => StoppedTest.Walk(draws, fractions, 0).Select(Math.Abs).ToArray(),
            Ask("mixture", "normal mixture, tuned to the middle", t => AlwaysValid.Radius(1 / t, Alpha, mixture) * Math.Sqrt(t)),
            Ask("stitched", "stitched boundary", t => StitchedBoundary.Polynomial(t, Alpha / 2, fractions[0]) / Math.Sqrt(t)),
            Ask("flat-mixture", "mixture that follows the current variance, |z| ≥ 3.04", _ => following),
            Ask("flat-z", "\"sequential\" |z| ≥ 3.584", _ => PublishedZ));

        Question<double[]> Ask(string key, string procedure, Func<double, double> bound)
        {
            double[] upper = [.. fractions.Select(bound)];
            return new(key, procedure, () => Exactly(fractions, upper), "recursion", z => Enumerable.Range(0, Looks).Any(k => z[k] >= upper[k]));
        }
    }

    private static Claim Exactly(ImmutableArray<double> fractions, double[] upper)
    {
        var crossing = Crossing.Of(fractions.AsSpan(), [.. upper.Select(z => -z)], upper, 0);
        var exact = new Claim.Rate(crossing.TotalUpper + crossing.TotalLower);
        return exact.Right > Alpha ? new Claim.Exceeds(Alpha, exact) : exact;
    }
}
