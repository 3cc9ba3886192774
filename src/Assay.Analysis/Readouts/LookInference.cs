using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>What the recorded looks of one hypothesis say of it.</summary>
/// <param name="Crossed">Whether a look crossed its boundary.</param>
/// <param name="PValue">Two-sided, before correction.</param>
/// <param name="Estimate">The effect.</param>
/// <param name="Interval">Its interval at the level of the hypothesis.</param>
/// <param name="Relative">The repeated interval of the relative effect.</param>
/// <param name="EstimateError">Standard error of the effect at the last of them.</param>
internal sealed record LookInference(bool Crossed, double PValue, double? Estimate, Interval? Interval, Interval? Relative, double? EstimateError)
{
    // The fractions of two looks differ by more than this, and by more than a tenth of it of themselves, or the later one adds nothing.
    private const double Nearest = 1e-5;

    /// <summary>Beyond so many standard errors only the inference at a first look moves with z, and that one to one.</summary>
    private const double FarthestZ = 1e6;

    /// <summary>The control's mean at the last of them; null where only z was kept.</summary>
    public double? ControlMean { get; private init; }

    /// <summary>Null while no look is recorded.</summary>
    /// <param name="input">What the readout depends on.</param>
    /// <param name="pair">The arms and the metric.</param>
    /// <param name="level">Two-sided level of the hypothesis.</param>
    /// <remarks>
    /// A running test, and one that was stopped before its end without a crossing, has repeated inference at its last look: it holds whatever made anybody stop. At the first crossing, or at the last
    /// planned look, the test has ended as planned and the stage-wise ordering speaks (Tsiatis, Rosner &amp; Mehta 1984): its p-value is at most the level exactly when a boundary was crossed.
    /// </remarks>
    public static LookInference? Of(ReadoutInput input, Pair pair, double level)
    {
        // Looks are taken of treatments against the control; another pair has none.
        var looks = pair.Control.Arm == 0 ? Recorded(input, pair.Metric, pair.Treatment.Arm) : [];
        if (looks.Length == 0) return null;
        var crossing = Array.FindIndex([.. looks], look => look.Crossed);
        var taken = looks[..(crossing >= 0 ? crossing + 1 : looks.Length)];
        var at = taken[^1];
        var error = StandardError(at, pair, input.Sizes);
        Interval? relative = at is { Control: { } control, Treatment: { } treatment }
            && Effect.RelativeFiellerAt(Normal(control), Normal(treatment), at.BoundaryZ).TryGet(out var lift) ? lift : null;
        ImmutableArray<double> fractions = [.. taken.Select(look => look.InformationFraction)];
        if (crossing < 0 && at.Look < input.Design.Constraints.NLooks)
        {
            var p = RepeatedInference.SpendingPValue(Spendings.Of(input.Design.Constraints.Spending), fractions, taken.Length, at.Z);
            Estimate? effect = error is { } se ? new Estimate(at.Z * se, se * se, double.PositiveInfinity) : null;
            return new LookInference(false, p, effect?.Value, effect is { } known && RepeatedInference.Interval(known, at.BoundaryZ).TryGet(out var ends) ? ends : null, relative, error) { ControlMean = at.Control?.Mean };
        }

        var z = Math.Clamp(at.Z, -FarthestZ, FarthestZ);
        var final = FinalInference.At(new Boundaries(fractions, [.. taken.Select(look => look.BoundaryZ)], 2, [], Constant: null), taken.Length, z, level);
        // A drift is the effect in standard errors at full information.
        var unit = error * Math.Sqrt(at.InformationFraction);
        var beyond = taken.Length == 1 ? (at.Z - z) / Math.Sqrt(at.InformationFraction) : 0;
        Interval? interval = unit is { } scale ? new Interval(scale * (final.Interval.Lower + beyond), scale * (final.Interval.Upper + beyond)) : null;
        return new LookInference(crossing >= 0, final.PValue, unit * (final.MedianUnbiasedDrift + beyond), interval, relative, error) { ControlMean = at.Control?.Mean };
    }

    /// <summary>The recorded looks of a metric and treatment in their order, without those that added no information to the one before.</summary>
    public static ImmutableArray<LookReadout> Recorded(ReadoutInput input, Metric metric, int treatment)
    {
        var looks = ImmutableArray.CreateBuilder<LookReadout>();
        foreach (var look in input.Looks.Where(look => look.TreatmentIndex == treatment && string.Equals(look.Metric, metric.Name, StringComparison.Ordinal)).OrderBy(look => look.Look))
            if (Adds(look.InformationFraction, looks.Count == 0 ? 0 : looks[^1].InformationFraction)) looks.Add(look);
        return looks.ToImmutable();
    }

    /// <summary>Whether a look at a fraction would add information to those before it.</summary>
    public static bool Adds(double fraction, ImmutableArray<double> before) => Adds(fraction, before.IsEmpty ? 0 : before[^1]);

    private static bool Adds(double fraction, double last) => fraction - last > Nearest * Math.Max(1, fraction / 10);

    /// <summary>From the arms that the look kept; where it kept only z, by the definition of its fraction: planned variance over variance.</summary>
    private static double? StandardError(LookReadout look, Pair pair, ImmutableArray<long> sizes) =>
        look is { Control: { } control, Treatment: { } treatment } ? double.Hypot(control.StandardError, treatment.StandardError)
        : PlannedVariance.Of(pair, sizes) is { } planned ? Math.Sqrt(planned / look.InformationFraction)
        : null;

    private static Estimate Normal(LookArm arm) => new(arm.Mean, arm.StandardError * arm.StandardError, double.PositiveInfinity);
}
