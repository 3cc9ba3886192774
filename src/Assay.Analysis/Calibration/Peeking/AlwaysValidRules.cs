using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Rules that may be read at any look, planned or not; silent until both arms have 100 units or conversions.</summary>
internal static class AlwaysValidRules
{
    private const double Alpha = Schedule.Alpha;

    /// <summary>v_min of the stitched boundary, as a share of the planned information.</summary>
    private const double EarliestShare = 0.1;

    /// <summary>The mixture that is one object with the mSPRT, GAVI and, for a declared variance, the asymptotic confidence sequence.</summary>
    public static SequentialRule Mixture { get; } = new(
        "mixture",
        "normal mixture (mSPRT)",
        schedule => schedule.Bounds(variance => AlwaysValid.Radius(variance, Alpha, schedule.Mixture) / Math.Sqrt(variance)),
        schedule => Infer((in Sight _) => schedule.Mixture, (in Sight sight) => sight.IsStarted));

    /// <summary>Sharpest at three tenths of the planned information: τ² from a variance that is so much larger.</summary>
    public static SequentialRule Early { get; } = new(
        "mixture-early",
        "normal mixture, sharpest at 30 % of the plan",
        schedule => schedule.Bounds(variance => AlwaysValid.Radius(variance, Alpha, EarlyMixture(schedule)) / Math.Sqrt(variance)),
        schedule => Infer((in Sight _) => EarlyMixture(schedule), (in Sight sight) => sight.IsStarted));

    public static SequentialRule Unstarted { get; } = Mixture with
    {
        Key = "mixture-from-first-unit",
        Title = "normal mixture without a start rule",
        Prepare = schedule => Infer((in Sight _) => schedule.Mixture, (in Sight _) => true),
        IsUnstarted = true,
    };

    public static SequentialRule AsRead { get; } = Mixture with
    {
        Key = "mixture-as-read",
        Title = "normal mixture with the readout's start rule",
        Prepare = schedule => Infer((in Sight _) => schedule.Mixture, (in Sight sight) => sight.IsNormalEnough),
    };

    /// <summary>Whether the readout's start rule was passed at some look: what the row of <see cref="AsRead"/> is worth.</summary>
    public static SequentialRule Speaks { get; } = Mixture with
    {
        Key = "speaks",
        Title = "runs in which that start rule let it speak",
        Prepare = _ => (in Sight sight, int _) => sight.IsNormalEnough,
        IsPresence = true,
    };

    /// <summary>τ² in units of the current σ̂², where a metric declares no variance.</summary>
    public static SequentialRule Asymptotic { get; } = new(
        "asymptotic",
        "asymptotic confidence sequence (σ̂)",
        Mixture.Bounds,
        schedule =>
        {
            // The tuning is a multiple of the planned variance.
            var tuning = AlwaysValid.MixtureVariance(1, Alpha) / schedule.World.PlannedUnits;
            return Infer((in Sight sight) => tuning * ((sight.Control.Variance * sight.ControlCount) + (sight.Treatment.Variance * sight.TreatmentCount)), (in Sight sight) => sight.IsStarted);
        });

    /// <summary>The guardrails' bound: one side, α undivided.</summary>
    public static SequentialRule OneSided { get; } = new(
        "one-sided",
        "one-sided mixture bound (guardrails)",
        schedule => schedule.Bounds(variance => AlwaysValidBound.Radius(variance, Alpha, Mixture2(schedule)) / Math.Sqrt(variance)),
        schedule =>
        {
            var mixture = Mixture2(schedule);
            // No bound is below the two-sided radius at 2α: most looks need no root.
            return (in Sight sight, int _) => sight.IsStarted
                && sight.Effect.Value > AlwaysValid.Radius(sight.Effect.Variance, 2 * Alpha, mixture)
                && sight.Effect.Value > AlwaysValidBound.Radius(sight.Effect.Variance, Alpha, mixture);
        })
    { Sides = 1 };

    public static SequentialRule OneSidedAsymptotic { get; } = new(
        "one-sided-asymptotic",
        "one-sided asymptotic sequence",
        schedule => schedule.Bounds(variance => AlwaysValidBound.AsymptoticRadius(variance, Alpha, Mixture2(schedule)) / Math.Sqrt(variance)),
        schedule =>
        {
            var mixture = Mixture2(schedule);
            return (in Sight sight, int _) => sight.IsStarted && sight.Effect.Value >= AlwaysValidBound.AsymptoticRadius(sight.Effect.Variance, Alpha, mixture);
        })
    { Sides = 1 };

    /// <summary>Both sides at α/2, intrinsic time in units of the planned information.</summary>
    public static SequentialRule Stitched { get; } = new(
        "stitched",
        "stitched boundary",
        schedule => [.. schedule.Fractions.Select(t => StitchedBoundary.Polynomial(t, Alpha / 2, EarliestShare) / Math.Sqrt(t))],
        schedule => (in Sight sight, int _) =>
        {
            if (!sight.IsStarted) return false;
            var time = schedule.PlannedVariance / sight.Effect.Variance;
            return Math.Abs(sight.Z) * Math.Sqrt(time) >= StitchedBoundary.Polynomial(time, Alpha / 2, EarliestShare);
        });

    /// <summary>The exact t, from the third degree of freedom on: no start rule.</summary>
    public static SequentialRule AnytimeT { get; } = new(
        "anytime-t",
        "anytime-valid t",
        Mixture.Bounds,
        schedule =>
        {
            // A mixture of variance τ² on the effect has precision σ²/τ² on the standardised one.
            var precision = schedule.World.UnitVariance / schedule.Mixture;
            return (in Sight sight, int _) =>
            {
                double control = sight.ControlCount, treatment = sight.TreatmentCount;
                return Statistics.AnytimeT.LogEvidence(sight.Z, control + treatment - 2, precision, control * treatment / (control + treatment)) >= -Math.Log(Alpha);
            };
        });

    private static double EarlyMixture(Schedule schedule) => AlwaysValid.MixtureVariance(schedule.PlannedVariance / 0.3, Alpha);

    private static double Mixture2(Schedule schedule) => AlwaysValid.MixtureVariance(schedule.PlannedVariance, 2 * Alpha);

    private delegate T Of<T>(in Sight sight);

    private static SequentialRule.Rejects Infer(Of<double> mixture, Of<bool> isReadable) => (in Sight sight, int _) =>
        isReadable(sight) && AlwaysValid.Infer(sight.Effect, Alpha, mixture(sight)).Value.PValue <= Alpha;
}
