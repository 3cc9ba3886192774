using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Intervals of a relative effect when the control mean is noisy.</summary>
internal static class LiftStudies
{
    private const double Alpha = 0.05;
    private const double Lift = 0.2;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of(0.1, 0.951730, 0.041019, 0.007250, 0.954411),
        Of(0.2, 0.945434, 0.054561, 0.000005, 0.969322),
        Of(0.3, 0.934115, 0.065884, 0, 0.987944),
    ];

    private static Simulation Of(double variation, double delta, double above, double below, double log)
    {
        const string known = "numerical integration";
        var name = string.Create(CultureInfo.InvariantCulture, $"{variation:0.0}");
        return Simulation.Of(
            $"coverage/lift-{name}",
            $"A relative effect at a coefficient of variation of {name}",
            "Normal means 1 and 1.2, both with that standard error: a lift of 20 %.",
            100_000,
            50_000,
            draws => (Control: Mean(draws, 1, variation), Treatment: Mean(draws, 1 + Lift, variation)),
            new("fieller", "Fieller's set", new Claim.Rate(1 - Alpha), "exact for normal means", sample => Covers(FiellerSet.Of(sample.Control, sample.Treatment, Normal.TwoSidedCritical(Alpha)))),
            new(
                "agreement",
                "Fieller's interval excludes 0 while the test of the difference does not, or the other way",
                new Claim.AtMost(0),
                "algebra",
                sample => Effect.RelativeFieller(sample.Control, sample.Treatment, Alpha).TryGet(out var interval) && FixedHorizon.Infer(sample.Control, sample.Treatment, Alpha).Value is var test
                    && (interval.Lower > 0 || interval.Upper < 0) != (test.Interval.Lower > 0 || test.Interval.Upper < 0)),
            new("delta", "delta method", variation > 0.15 ? new Claim.FallsShort(1 - Alpha, new Claim.Rate(delta)) : new Claim.Rate(delta), known, sample => Miss(sample) == 0),
            new("delta-high", "delta method, the truth above the interval", new Claim.Exceeds(Alpha / 2, new Claim.Rate(above)), known, sample => Miss(sample) > 0),
            new("delta-low", "delta method, the truth below the interval", new Claim.Rate(below, 0.0001), known, sample => Miss(sample) < 0),
            new("log", "normal interval of the ratio's logarithm, both means positive", new Claim.Rate(log, 0.0001), known, sample =>
                Effect.RelativeLog(sample.Control, sample.Treatment, Alpha).TryGet(out var interval) ? (interval.Lower <= Lift && Lift <= interval.Upper ? 1 : 0) : double.NaN));
    }

    private static Estimate Mean(Draws draws, double mean, double error) => new(mean + (error * draws.Normal()), error * error, double.PositiveInfinity);

    /// <summary>Whether a set holds the truth.</summary>
    private static bool Covers(FiellerSet set) => set.Kind switch
    {
        FiellerKind.Interval => set.Lower <= Lift && Lift <= set.Upper,
        FiellerKind.Complement => Lift <= set.Lower || set.Upper <= Lift,
        _ => true,
    };

    /// <summary>+1 when the truth lies above the delta interval, −1 when below, 0 when inside.</summary>
    private static int Miss((Estimate Control, Estimate Treatment) sample)
    {
        var interval = FixedHorizon.Infer(Effect.RelativeDelta(sample.Control, sample.Treatment).Value, Alpha).Value.Interval;
        return interval.Upper < Lift ? 1 : interval.Lower > Lift ? -1 : 0;
    }
}
