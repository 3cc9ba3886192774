using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Intervals of a survival curve: a point of it, and the area under it.</summary>
internal static class SurvivalStudies
{
    private const double Alpha = 0.05;
    private const double Until = 1;
    private const double Hazard = 0.7;
    private const int Units = 200;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "coverage/survival",
            "Times to an event, censored",
            "200 exponential times an arm with hazards 1 and 0.7, censored at random at half the rate; read at time 1.",
            10_000,
            2_000,
            draws => (Control: Curve(draws, 1), Treatment: Curve(draws, Hazard)),
            new("share", "Kaplan–Meier share without the event", new Claim.Rate(1 - Alpha, 0.004), "nominal", arms => Covers(At(arms.Control).IntervalAt(Alpha).Value, Math.Exp(-Until))),
            new("mean", "difference of mean times up to 1", new Claim.Rate(1 - Alpha, 0.004), "nominal", arms =>
                Covers(FixedHorizon.Infer(Effect.Absolute(arms.Control.RestrictedMean(Until), arms.Treatment.RestrictedMean(Until)), Alpha).Value.Interval, Mean(Hazard) - Mean(1)))),
    ];

    private static KaplanMeier Curve(Draws draws, double hazard)
    {
        var times = new TimeToEvent[Units];
        for (var i = 0; i < Units; i++)
        {
            double time = -Math.Log(draws.Uniform()) / hazard, censored = -2 * Math.Log(draws.Uniform());
            times[i] = new TimeToEvent(Math.Min(time, censored), time <= censored);
        }

        return KaplanMeier.Of(times).Value;
    }

    private static SurvivalStep At(KaplanMeier curve) => curve.Steps.Last(step => step.Time <= Until);

    /// <summary>∫₀¹ exp(−ht) dt.</summary>
    private static double Mean(double hazard) => (1 - Math.Exp(-hazard * Until)) / hazard;

    private static bool Covers(Interval interval, double truth) => interval.Lower <= truth && truth <= interval.Upper;
}
