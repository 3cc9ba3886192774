using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Stopping;

/// <summary>Always-valid intervals of an effect that is there, at a hundred looks together.</summary>
internal static class SimultaneousStudies
{
    private const double Alpha = 0.05;
    private const int Looks = 100;
    private const double UnitsOfALook = 100;
    private const double Deviation = 3;
    private const double Control = 1;
    private const double Lift = 0.1;

    private const double PlannedVariance = 2 * Deviation * Deviation / (Looks * UnitsOfALook);

    private static readonly double Mixture = AlwaysValid.MixtureVariance(PlannedVariance, Alpha);

    private static ImmutableArray<double> Fractions { get; } = [.. Enumerable.Range(1, Looks).Select(look => (double)look / Looks)];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "stopping/simultaneous",
            "Always-valid intervals at 100 looks together",
            "Means 1 and 1.1 of units with standard deviation 3, 10,000 an arm at the end.",
            20_000,
            4_000,
            draws => Misses(draws),
            new("absolute", "an interval of the difference that misses", () => Exact, "recursion", misses => misses.Absolute),
            new("relative", "a Fieller set of the lift that misses", () => Exact, "the same boundary for the contrast t − R c", misses => misses.Relative)),
        Simulation.Of(
            "stopping/repeated",
            "Intervals that are made for their looks, at 100 of them together",
            "z at 100 equal steps of information about an effect that a fixed test finds with power 80 %.",
            20_000,
            4_000,
            draws => StoppedTest.Walk(draws, Fractions, Drift),
            Repeated("calibrated-mixture", "mixture calibrated to the looks", () => CalibratedMixture.Of(Fractions, Alpha).Bounds),
            Repeated("hybrid", "half mixture, half fixed", () => MixtureBoundaries.Hybrid(Fractions, Alpha)),
            Repeated("lan-demets-pocock", "Lan–DeMets, Pocock", () => GroupSequential.Spending(SpendingFunction.Pocock, Fractions, Alpha)),
            Repeated("kim-demets", "Kim–DeMets, ρ = 3", () => GroupSequential.Spending(SpendingFunction.KimDeMets(3), Fractions, Alpha))),
    ];

    private static double Drift => Normal.TwoSidedCritical(Alpha) + Normal.Quantile(0.8);

    private static Claim.Rate Exact => new(MixtureBoundaries.Plain(Fractions, Alpha).CumulativeAlpha[^1]);

    private static Question<double[]> Repeated(string name, string procedure, Func<Boundaries> create)
    {
        var bounds = new Lazy<Boundaries>(create);
        return new(name, $"a repeated interval that misses, {procedure}", () => new Claim.Rate(bounds.Value.CumulativeAlpha[^1]), "recursion", path => path.Where((z, k) =>
        {
            var t = Fractions[k];
            var interval = RepeatedInference.Interval(new Estimate(z / Math.Sqrt(t), 1 / t, double.PositiveInfinity), bounds.Value.Z[k]).Value;
            return Drift < interval.Lower || interval.Upper < Drift;
        }).Any());
    }

    private static (bool Absolute, bool Relative) Misses(Draws draws)
    {
        double control = 0, treatment = 0;
        var (absolute, relative) = (false, false);
        for (var look = 1; look <= Looks; look++)
        {
            control += Batch(draws, Control);
            treatment += Batch(draws, Control * (1 + Lift));
            var (c, t) = (Mean(control, look), Mean(treatment, look));
            var interval = AlwaysValid.Infer(Effect.Absolute(c, t), Alpha, Mixture).Value.Interval;
            absolute |= interval.Lower > Control * Lift || interval.Upper < Control * Lift;
            var multiplier = AlwaysValid.Radius(c.Variance + t.Variance, Alpha, Mixture) / Math.Sqrt(c.Variance + t.Variance);
            relative |= FiellerSet.Of(c, t, multiplier) is var set && set.Kind switch
            {
                FiellerKind.Interval => set.Lower > Lift || set.Upper < Lift,
                FiellerKind.Complement => set.Lower < Lift && Lift < set.Upper,
                _ => false,
            };
        }

        return (absolute, relative);
    }

    private static double Batch(Draws draws, double mean) => (mean * UnitsOfALook) + (Deviation * Math.Sqrt(UnitsOfALook) * draws.Normal());

    private static Estimate Mean(double sum, int look) => new(sum / (look * UnitsOfALook), Deviation * Deviation / (look * UnitsOfALook), double.PositiveInfinity);
}
