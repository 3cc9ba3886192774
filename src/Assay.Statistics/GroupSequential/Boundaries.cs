using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>The bounds of a group-sequential test on the z scale, one a look; a two-sided test rejects beyond ±z.</summary>
/// <param name="Fractions">Information at each look over its planned total, increasing; above 1 after an over-run.</param>
/// <param name="Z">Upper bound at each look; +∞ where nothing is spent.</param>
/// <param name="Sides">1 or 2.</param>
/// <param name="CumulativeAlpha">Probability under the null of having crossed by each look, both sides together.</param>
/// <param name="Constant">The constant of an exact family; null for a spending function and for an always-valid rule.</param>
public sealed record Boundaries(ImmutableArray<double> Fractions, ImmutableArray<double> Z, int Sides, ImmutableArray<double> CumulativeAlpha, double? Constant)
{
    /// <summary>The tail probability of each bound alone, both sides together: the nominal level at which that look tests.</summary>
    public ImmutableArray<double> NominalP => [.. Z.Select(z => Sides * Distributions.Normal.Survival(z))];

    /// <summary>Lower bounds: −z for a two-sided test, −∞ for a one-sided.</summary>
    public ImmutableArray<double> Lower => [.. Z.Select(z => Sides == 2 ? -z : double.NegativeInfinity)];
}
