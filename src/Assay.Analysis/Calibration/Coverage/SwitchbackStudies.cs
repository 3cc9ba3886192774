using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>A treatment that is switched on and off while neighbouring periods go together.</summary>
internal static class SwitchbackStudies
{
    private const double Alpha = 0.05;
    private const double Correlation = 0.5;
    private const double Effect = 0.3;
    private const int Periods = 200;
    private const int Block = 5;
    private const int Lag = 8;

    private static readonly double[] Treatments = [.. Enumerable.Range(0, Periods).Select(t => (double)(t / Block % 2))];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "coverage/switchback",
            "A switchback of 200 periods",
            "Switched every five periods, an effect of 0.3; noise of a period goes with that of the one before (correlation ½).",
            20_000,
            4_000,
            Draw,
            new("newey-west", "Newey–West to lag 8", new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(0.93501, 0.002)), "independent simulation of 300,000 series", outcomes => Covers(outcomes, Lag)) { IsApproximate = true },
            new("independent", "periods taken for independent", new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(0.88153, 0.003)), "independent simulation of 200,000 series", outcomes => Covers(outcomes, 0)) { IsNaive = true }),
    ];

    private static double[] Draw(Draws draws)
    {
        var outcomes = new double[Periods];
        var noise = draws.Normal() / Math.Sqrt(1 - (Correlation * Correlation));
        for (var t = 0; t < Periods; t++)
        {
            if (t > 0) noise = (Correlation * noise) + draws.Normal();
            outcomes[t] = (Effect * Treatments[t]) + noise;
        }

        return outcomes;
    }

    private static bool Covers(double[] outcomes, int lag)
    {
        var interval = FixedHorizon.Infer(NeweyWest.Effect(outcomes, Treatments, lag).Value, Alpha).Value.Interval;
        return interval.Lower <= Effect && Effect <= interval.Upper;
    }
}
