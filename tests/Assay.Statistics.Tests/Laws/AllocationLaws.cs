using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

/// <summary>What a hot function allocates: nothing, or the one record that it answers with. Bytes are counted, so this is no timing.</summary>
public sealed class AllocationLaws
{
    private static readonly Moments Control = new(500_000, 10, 2_000_000), Treatment = new(480_000, 10.02, 2_050_000), Few = new(12, 9, 40);

    private static double _kept;
    private static object? _record;

    public static TheoryData<string, Func<double>> Functions => new()
    {
        { "normal cdf", () => Normal.Cdf(1.7) },
        { "normal quantile", () => Normal.Quantile(0.975) + Normal.Quantile(1e-9) },
        { "t survival", () => StudentT.Survival(2.1, 18) + StudentT.Survival(2.1, 1e6) + StudentT.Survival(0.01, 3) },
        { "t quantile", () => StudentT.Quantile(0.975, 18) + StudentT.Quantile(0.55, 7) + StudentT.Quantile(0.975, 1e6) + StudentT.Quantile(1e-9, 0.5) },
        { "beta cdf", () => Beta.Cdf(0.1, 5, 40) + Beta.Cdf(0.1, 50_000, 450_000) },
        { "beta quantile", () => Beta.Quantile(0.3, 5, 40) + Beta.Quantile(0.9, 50_000, 450_000) },
        { "gamma cdf", () => Gamma.Cdf(60, 50) + Gamma.Cdf(3, 0.5) + Gamma.Cdf(990, 1000) },
        { "gamma quantile", () => Gamma.Quantile(0.3, 5) + Gamma.InverseSurvival(1e-6, 2000) },
        { "χ² survival", () => ChiSquared.Survival(9, 4) + ChiSquared.InverseSurvival(0.05, 3) },
        { "pooled z", () => Proportions.PooledTest(500, 10_000, 540, 10_000).Value.Z },
        { "score interval", () => Proportions.ScoreInterval(500, 10_000, 540, 10_000, 0.05).Value.Lower },
        { "P(B > A), many conversions", () => new BetaComparison(50_001, 950_001, 50_501, 949_501).Probabilities().TreatmentAbove },
        { "P(B > A), few conversions", () => new BetaComparison(21, 481, 29, 473).Probabilities().TreatmentAbove },
        { "expected losses", () => new BetaComparison(501, 9_501, 551, 9_451).Losses().Control },
        { "P(B > A), a handful of conversions", () => new BetaComparison(5, 999_997, 9, 999_993).Probabilities().TreatmentAbove },
        { "end of a credible interval, a handful of conversions", () => new BetaComparison(5, 999_997, 9, 999_993).LowerEnd(0.025) + new BetaComparison(0.5, 99.5, 1.5, 98.5).UpperEnd(1e-6) },
        { "ratio's ends", () => new BetaComparison(5, 995, 9, 991).Lift(0.05).Lower },
        { "end of a credible interval", () => new BetaComparison(501, 9_501, 551, 9_451).LowerEnd(0.025) },
        { "expected loss of a normal", () => NormalPosterior.PositivePart(0.1, 1) },
    };

    public static TheoryData<string, Func<object>, Func<object>> Records => new()
    {
        { "Welch, many units", () => FixedHorizon.Welch(Control, Treatment, 0.05).Value, static () => new Inference(default, default, 0, 0) },
        { "Welch, few units", () => FixedHorizon.Welch(Few, Control, 0.05).Value, static () => new Inference(default, default, 0, 0) },
        { "posterior comparison", () => Bayes.Proportions(500, 10_000, 540, 10_000, 0.05).Value, static () => new PosteriorComparison(0, 0, 0, default) { ProbabilityControlBeatsTreatment = 0 } },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Allocates_nothing(string name, Func<double> work) => Assert.True(Bytes(() => _kept = work()) == 0, name);

    [Theory]
    [MemberData(nameof(Records))]
    public void Allocates_only_its_answer(string name, Func<object> work, Func<object> answer) => Assert.True(Bytes(() => _record = work()) <= Bytes(() => _record = answer()), name);

    /// <summary>A search takes some ten levels of a design; all of them together allocate no more than half a dozen walks' room, and none of it once the walk has its room.</summary>
    [Fact]
    public void A_search_for_boundaries_allocates_one_walk()
    {
        double[] fractions = [.. Enumerable.Range(1, 20).Select(look => look / 20.0)], shape = [.. fractions.Select(_ => 1.0)];
        var walk = new NullWalk();
        Assert.Equal(0, Bytes(() => _kept = walk.Level(fractions, shape, 2.67, 2)));
        var one = Bytes(() => _kept = new NullWalk().Level(fractions, shape, 2.5, 2));
        var calls = 0;
        // Another level at each call, or it would be remembered.
        Assert.InRange(Bytes(() => _record = GroupSequential.Pocock(20, 0.05 - (1e-9 * ++calls))), 1, 4 * one);
    }

    /// <summary>Of the second call: the first may fill tables.</summary>
    private static long Bytes(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
