using System.Collections.Immutable;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Benchmarks.Kernel;

/// <summary>The cases of the table; <c>bench/python/kernel.py</c> has the same ones under the same names.</summary>
internal static class KernelCases
{
    private static readonly Moments Control = new(500_000, 10.0, 500_000 * 4.0), Treatment = new(500_000, 10.02, 500_000 * 4.1);
    private static readonly Moments FewControl = new(20, 10.0, 80), FewTreatment = new(24, 10.9, 96);
    private static readonly ImmutableArray<double> Looks = [.. Enumerable.Range(1, 20).Select(look => look / 20.0)];

    private static readonly (string Name, long X, long Y, long N)[] Splits =
        [("5 %, +1 %", 50_000, 50_500, 1_000_000), ("10 %, +5 %", 100_000, 105_000, 1_000_000), ("5 %, 2,000 units", 100, 112, 2_000), ("2 %, 500 units", 10, 14, 500), ("4 and 8 of 1e6", 4, 8, 1_000_000)];

    /// <summary>Name and work; each call does the whole of it.</summary>
    public static IEnumerable<(string Name, Action Work)> All()
    {
        yield return ("normal cdf", () => Keep(Normal.Cdf(1.7)));
        yield return ("normal quantile", () => Keep(Normal.Quantile(0.975)));
        yield return ("t cdf, 18 df", () => Keep(StudentT.Cdf(2.1, 18)));
        yield return ("t quantile, 18 df", () => Keep(StudentT.Quantile(0.975, 18)));
        yield return ("t quantile, 1e6 df", () => Keep(StudentT.Quantile(0.975, 1e6)));
        yield return ("beta cdf (50,000; 450,000)", () => Keep(Beta.Cdf(0.1005, 50_000, 450_000)));
        yield return ("beta quantile (50,000; 450,000)", () => Keep(Beta.Quantile(0.975, 50_000, 450_000)));
        yield return ("gamma cdf, shape 50", () => Keep(Gamma.Cdf(60, 50)));
        yield return ("Welch with interval, 1e6 units", () => Keep(FixedHorizon.Welch(Control, Treatment, 0.05).Value.PValue));
        yield return ("Welch with interval, 44 units", () => Keep(FixedHorizon.Welch(FewControl, FewTreatment, 0.05).Value.PValue));
        yield return ("pooled z with p-value", () => Keep(Normal.TwoSidedPValue(Statistics.Proportions.PooledTest(50_000, 1_000_000, 50_400, 1_000_000).Value.Z)));
        yield return ("score interval of a difference", () => Keep(Statistics.Proportions.ScoreInterval(50_000, 1_000_000, 50_400, 1_000_000, 0.05).Value.Lower));
        foreach (var (name, x, y, n) in Splits)
        {
            var comparison = new BetaComparison(1 + x, 1 + n - x, 1 + y, 1 + n - y);
            yield return ($"P(B > A), {name}", () => Keep(comparison.Probabilities().TreatmentAbove));
            yield return ($"posterior comparison, {name}", () => Keep(Bayes.Proportions(x, n, y, n, 0.05).Value.Credible.Lower));
        }

        yield return ("best of 5 arms", () => Keep(BestArm.OfProportions([(101, 1901), (112, 1890), (96, 1906), (120, 1882), (105, 1897)]).Value.ExpectedBest));
        yield return ("20 looks, Lan–DeMets", () => Keep(GroupSequential.Spending(SpendingFunction.OBrienFleming, Looks, Level()).Z[19]));
        yield return ("20 looks, O'Brien–Fleming", () => Keep(GroupSequential.OBrienFleming(20, Level()).Z[19]));
        yield return ("20 looks, Pocock", () => Keep(GroupSequential.Pocock(20, Level()).Z[19]));
        yield return ("20 looks, Pocock, again", () => Keep(GroupSequential.Pocock(20, 0.05).Z[19]));
    }

    private static double _kept;
    private static int _calls;

    private static void Keep(double value) => _kept = value;

    /// <summary>Another level at each call, so that no memory of the last answer helps.</summary>
    private static double Level() => 0.05 - (1e-9 * (_calls++ % 1_000_000));
}
