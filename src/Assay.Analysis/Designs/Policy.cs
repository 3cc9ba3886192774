namespace Assay.Analysis.Designs;

/// <summary>What the verdict is told beyond effects and error rates. Declared before the start and frozen with the design.</summary>
/// <param name="FutilityEffectPct">Relative effect below which nothing is worth waiting for, percent, &gt; 0; the MDE unless given.</param>
/// <param name="PriorSuccessRate">Share of ideas that truly work, in (0, 1), for the false-positive risk; null when nobody says.</param>
public sealed record Policy(double? FutilityEffectPct, double? PriorSuccessRate)
{
    /// <summary>Nothing declared.</summary>
    public static Policy Default { get; } = new(null, null);
}
