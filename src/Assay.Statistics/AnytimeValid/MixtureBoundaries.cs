using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Boundaries of always-valid rules on the z scale at given looks, to be weighed against planned ones: with no correction they hold at every look, planned or not.</summary>
public static class MixtureBoundaries
{
    /// <summary>The normal mixture, |z| = √((1 + ρ/t)(2 ln(1/α) + ln(1 + t/ρ))) at information fraction t (Howard et al. 2021, eq. 14).</summary>
    /// <param name="fractions">Information at each look over its planned total, increasing.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="optimalFraction">The fraction at which it is sharpest, &gt; 0 within 1e±100.</param>
    public static Boundaries Plain(ImmutableArray<double> fractions, double alpha, double optimalFraction = 1) =>
        GroupSequential.Finish(fractions, Shape(fractions, alpha, optimalFraction), 2, constant: null);

    /// <summary>Half of the level for the mixture at any look, half for one test at the last look: z is the smaller of the two there (union bound, elementary).</summary>
    /// <param name="fractions">Information at each look over its planned total, increasing.</param>
    /// <param name="alpha">Two-sided level, at least 1e-30 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    /// <remarks>By the union bound the level is at most α for every schedule; with 28 equal looks and α = .05 it is .027.</remarks>
    public static Boundaries Hybrid(ImmutableArray<double> fractions, double alpha)
    {
        InformationFractions.Level(alpha);
        InformationFractions.Apart(InformationFractions.Given(fractions, nameof(fractions)));
        var mixture = Shape(fractions, alpha / 2, fractions[^1]);
        return GroupSequential.Finish(fractions, mixture.SetItem(mixture.Length - 1, Math.Min(mixture[^1], Normal.TwoSidedCritical(alpha / 2))), 2, constant: null);
    }

    /// <summary>The mixture's |z| at each look.</summary>
    internal static ImmutableArray<double> Shape(ImmutableArray<double> fractions, double alpha, double optimalFraction)
    {
        InformationFractions.Apart(InformationFractions.Given(fractions, nameof(fractions)));
        if (!(optimalFraction is >= 1e-100 and <= 1e100)) throw new ArgumentOutOfRangeException(nameof(optimalFraction), optimalFraction, "Must be positive, within 1e±100.");
        var tuning = NormalMixture.Tuning(optimalFraction, alpha);
        return [.. fractions.Select(t => NormalMixture.Boundary(t, alpha, tuning) / Math.Sqrt(t))];
    }
}
