using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>The normal mixture boundary scaled by one factor so that its exact crossing probability over the looks that will be taken is α: the shape of an always-valid test, the price of a planned one.</summary>
/// <remarks>
/// The mixture spends for looks that nobody takes. For 28 equal looks, α = .05 and the mixture tuned to the last, the factor is .8363 and a test of power .8 needs 1.25 times the units of the fixed
/// test in place of 1.72. It holds at the looks it was calibrated to and at no others. The crossing probability is the recursion of Armitage, McPherson &amp; Rowe (1969).
/// </remarks>
public sealed record CalibratedMixture
{
    private readonly ImmutableArray<double> _shape;

    private CalibratedMixture(Boundaries bounds, double factor, ImmutableArray<double> shape, double alpha)
    {
        Bounds = bounds;
        Factor = factor;
        Alpha = alpha;
        _shape = shape;
    }

    /// <summary>Two-sided level.</summary>
    public double Alpha { get; }

    /// <summary>The bounds on |z| and the error rate spent by each look; <see cref="Boundaries.Constant"/> is the factor.</summary>
    public Boundaries Bounds { get; }

    /// <summary>What the mixture boundary is multiplied by, below 1 for any finite schedule.</summary>
    public double Factor { get; }

    /// <summary>Calibrated to looks at given information fractions, of any spacing.</summary>
    /// <param name="fractions">Information at each look over its planned total, increasing.</param>
    /// <param name="alpha">Two-sided level, at least 1e-30.</param>
    /// <param name="optimalFraction">The fraction at which the mixture is sharpest, &gt; 0 within 1e±100.</param>
    public static CalibratedMixture Of(ImmutableArray<double> fractions, double alpha, double optimalFraction = 1)
    {
        InformationFractions.Level(alpha);
        var shape = MixtureBoundaries.Shape(fractions, alpha, optimalFraction);
        var bounds = GroupSequential.Family(fractions, shape, alpha);
        return new CalibratedMixture(bounds, bounds.Constant!.Value, shape, alpha);
    }

    /// <summary>Inference at a look: effect ± z·se and the p-value of <see cref="PValue"/>, which is at most α exactly when the interval excludes 0.</summary>
    /// <param name="effect">The effect at the look; its information over the planned one is the look's fraction.</param>
    /// <param name="look">The look, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A look outside the schedule, an effect that is not a number, or a negative variance.</exception>
    /// <remarks>Jointly over the looks the intervals cover with probability 1 − α (Jennison &amp; Turnbull 1989).</remarks>
    public Outcome<Inference> Infer(Estimate effect, int look)
    {
        RefuseOtherThan(look);
        Check.Estimate(effect);
        if (Check.Refusal(effect) is { } reason) return reason;
        var z = effect.Value / effect.StandardError;
        if (Math.Abs(z) > Check.LargestValue) return Reason.Overflow;
        return RepeatedInference.Interval(effect, Bounds.Z[look - 1]).Select(interval => new Inference(effect, interval, z, PValue(z, look)));
    }

    /// <summary>The level at which the boundary, scaled to pass through this |z| at this look, is crossed at any of the looks: a repeated p-value, valid whether or not a crossing stops the test.</summary>
    public double PValue(double z, int look)
    {
        Check.Finite(z);
        RefuseOtherThan(look);
        return RepeatedInference.FamilyPValue(Bounds.Fractions, _shape, look, z);
    }

    private void RefuseOtherThan(int look)
    {
        if (look < 1 || look > Bounds.Z.Length) throw new ArgumentOutOfRangeException(nameof(look), look, "A look of the schedule, from 1.");
    }
}
