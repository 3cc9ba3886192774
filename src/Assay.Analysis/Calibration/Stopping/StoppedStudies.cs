using System.Collections.Immutable;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Stopping;

/// <summary>What may be said of an effect after a group-sequential test has stopped.</summary>
internal static class StoppedStudies
{
    private const double Alpha = 0.05;
    private const double Power = 0.8;
    private const int Looks = 5;

    public static ImmutableArray<Simulation> All { get; } =
    [
        .. After("obrien-fleming", "O'Brien–Fleming", GroupSequential.OBrienFleming(Looks, Alpha), bias: 1.10),
        .. After("pocock", "Pocock", GroupSequential.Pocock(Looks, Alpha), bias: 1.22),
    ];

    private static IEnumerable<Simulation> After(string name, string title, Boundaries bounds, double bias)
    {
        var design = SequentialDesign.Of(bounds, Alpha, Power);
        yield return Simulation.Of(
            $"stopping/{name}",
            $"{title}, five looks, an effect found with power 80 %",
            "Z at five equal steps of information, stopped when it crosses.",
            100_000,
            20_000,
            draws => StoppedTest.Run(draws, bounds, design.Drift),
            new("power", "crossings on the side of the effect", new Claim.Rate(Power), "recursion", test => test.HasCrossedUp),
            new("size", "expected size over the fixed test's", new Claim.Expectation(design.ExpectedUnderAlternative), "recursion", test => design.Inflation * test.Fraction),
            new("bias", "plain estimate over the truth", new Claim.Misses(1, bias, 0.01), "published for this design", test => test.Naive.Value / test.Drift) { IsNaive = true },
            new("repeated", "repeated interval at the stop", new Claim.AtLeast(1 - Alpha), "Jennison & Turnbull 1989", test => Covers(RepeatedInference.Interval(test.Naive, bounds.Z[test.Look - 1]).Value, test.Drift)),
            new("simultaneous", "repeated intervals at all looks together", new Claim.Rate(1 - Alpha), "Jennison & Turnbull 1989", test => Enumerable.Range(0, Looks).All(k => Math.Abs(test.Path[k] - (test.Drift * Math.Sqrt(bounds.Fractions[k]))) <= bounds.Z[k])),
            new("plain", "plain interval at the stop, which ignores the stopping", () => new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(PlainCoverage(bounds, design.Drift))), "recursion", test => Covers(FixedHorizon.Infer(test.Naive, Alpha).Value.Interval, test.Drift)) { IsNaive = true });
        yield return Simulation.Of(
            $"stopping/{name}-final",
            $"{title}: inference by the stage-wise ordering",
            "The same test; each run solves three recursions.",
            5_000,
            500,
            draws => StoppedTest.Run(draws, bounds, design.Drift) is var test ? (Test: test, Final: FinalInference.At(bounds, test.Look, test.Z, Alpha)) : default,
            new("interval", "final interval", new Claim.Rate(1 - Alpha), "Tsiatis, Rosner & Mehta 1984", run => Covers(run.Final.Interval, run.Test.Drift)),
            new("median", "median-unbiased estimate above the truth", new Claim.Rate(0.5), "Tsiatis, Rosner & Mehta 1984", run => run.Final.MedianUnbiasedDrift > run.Test.Drift));
    }

    /// <summary>P(|Z − drift·√t| ≤ z at the stop), by the recursion: where it stops at look k, the test lies beyond that look's bound, except at the last.</summary>
    private static double PlainCoverage(Boundaries bounds, double drift)
    {
        var critical = Normal.TwoSidedCritical(Alpha);
        double covered = 0;
        for (var look = 1; look <= Looks; look++)
        {
            double mean = drift * Math.Sqrt(bounds.Fractions[look - 1]), low = mean - critical, high = mean + critical, bound = bounds.Z[look - 1];
            if (look == Looks) covered += Between(look, low, high);
            else covered += Between(look, Math.Max(low, bound), high) + Between(look, low, Math.Min(high, -bound));
        }

        return covered;

        double Between(int look, double from, double to) => from < to ? Beyond(look, from) - Beyond(look, to) : 0;

        // Crossings above before the look, and beyond z at it: the former cancel in a difference.
        double Beyond(int look, double z) => Crossing.Of(
            bounds.Fractions.AsSpan(0, look), [.. bounds.Lower.Take(look - 1), double.NegativeInfinity], [.. bounds.Z.Take(look - 1), z], drift).TotalUpper;
    }

    private static bool Covers(Interval interval, double drift) => interval.Lower <= drift && drift <= interval.Upper;
}
