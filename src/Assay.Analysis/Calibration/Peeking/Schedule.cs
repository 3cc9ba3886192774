using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Equally spaced looks at a world, and what its plan knows.</summary>
internal sealed record Schedule(World World, int Looks)
{
    public const double Alpha = 0.05;

    /// <summary>k/K.</summary>
    public ImmutableArray<double> Fractions { get; } = [.. Enumerable.Range(1, Looks).Select(look => (double)look / Looks)];

    /// <summary>Variance of the effect at the planned end.</summary>
    public double PlannedVariance => 2 * World.UnitVariance / World.PlannedUnits;

    /// <summary>τ² of the mixture that is sharpest at the planned end.</summary>
    public double Mixture { get; } = AlwaysValid.MixtureVariance(2 * World.UnitVariance / World.PlannedUnits, Alpha);

    /// <summary>The look due at a fraction, from 1; 0 before the first.</summary>
    public int LookAt(double fraction) => (int)((fraction * Looks) + 1e-9);

    /// <summary>A bound on |z| (or z) at each look, from the variance of the effect there.</summary>
    public double[] Bounds(Func<double, double> ofVariance) => [.. Fractions.Select(fraction => ofVariance(PlannedVariance / fraction))];
}
