using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Stopping;

/// <summary>Boundaries that are used as intervals, at many looks together: the sequence of a quantile, and the anytime-valid t of a small sample.</summary>
internal static class BoundaryStudies
{
    private const double Alpha = 0.05;
    private const int Values = 5_000;
    private const int Looks = 100;
    private const int Earliest = 100;
    private const int UnitsOfAnArm = 200;
    private const double Shift = 0.5;
    private const double Deviation = 2;

    /// <summary>Precision of a mixture with variance 1 on the standardised effect.</summary>
    private const double Precision = 1;

    private static readonly ImmutableArray<double> Levels = [0.1, 0.5, 0.9];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "stopping/quantile-sequence",
            "The sequence of a quantile at 100 looks together",
            "5,000 continuous values, read after every 50 from the 100th on; the sequence holds for all quantiles at once, of which three are asked, and so errs far less than it may at these.",
            10_000,
            2_000,
            draws => Strays(draws),
            new("median", "the median leaves its interval", new Claim.AtMost(Alpha), "Howard & Ramdas 2022, theorem 2", strays => strays[Levels.IndexOf(0.5)]),
            new("any", "any of the p10, the median and the p90 does", new Claim.AtMost(Alpha), "Howard & Ramdas 2022, theorem 2", strays => strays.Any(stray => stray))),
        Simulation.Of(
            "stopping/anytime-t",
            "Anytime-valid t intervals from the third unit on",
            "Up to 200 normal units an arm, one at a time, a difference of 0.5 and a standard deviation of 2; what is asked is whether any interval misses.",
            10_000,
            2_000,
            draws => Misses(draws),
            new("radius", "anytime-valid t", new Claim.AtMost(Alpha), "Lindon, Ham, Tingley & Bojinov 2022", misses => misses.Exact),
            new("normal", "normal mixture with the same tuning, the variance estimated", new Claim.Exceeds(Alpha), "it takes a variance for known", misses => misses.Normal) { IsNaive = true }),
    ];

    /// <summary>Whether t·(F̂(Q(p)) − p) ever reached its boundary above, or the mirrored one below.</summary>
    private static bool[] Strays(Draws draws)
    {
        var below = new int[Levels.Length];
        var strays = new bool[Levels.Length];
        for (var t = 1; t <= Values; t++)
        {
            var value = draws.Uniform();
            for (var i = 0; i < below.Length; i++)
            {
                if (value <= Levels[i]) below[i]++;
                if (t < Earliest || t % (Values / Looks) != 0 || strays[i]) continue;
                var excess = below[i] - (t * Levels[i]);
                strays[i] = excess >= 0 ? excess >= StitchedBoundary.Quantile(t, Levels[i], Alpha, Earliest) : -excess >= StitchedBoundary.Quantile(t, 1 - Levels[i], Alpha, Earliest);
            }
        }

        return strays;
    }

    private static (bool Exact, bool Normal) Misses(Draws draws)
    {
        Moments control = default, treatment = default;
        var misses = (Exact: false, Normal: false);
        for (var n = 1; n <= UnitsOfAnArm; n++)
        {
            control += new Moments(1, Deviation * draws.Normal(), 0);
            treatment += new Moments(1, Shift + (Deviation * draws.Normal()), 0);
            if (n == 1) continue;
            double degrees = (2 * n) - 2, size = n / 2.0, pooled = (control.SquaredDeviations + treatment.SquaredDeviations) / degrees;
            double error = Math.Sqrt(pooled / size), distance = Math.Abs(treatment.Mean - control.Mean - Shift);
            misses.Exact |= distance > AnytimeT.Radius(degrees, Precision, size, Alpha) * error;
            misses.Normal |= distance > AlwaysValid.Radius(error * error, Alpha, pooled / Precision);
        }

        return misses;
    }
}
