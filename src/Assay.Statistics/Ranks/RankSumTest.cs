namespace Assay.Statistics;

/// <summary>The normal approximation of U.</summary>
/// <param name="Z">(U − n_c n_t/2) ÷ σ, with σ² = n_c n_t (N³ − N − Σ(τ³ − τ)) ÷ (12 N(N − 1)) over the groups of τ tied values.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="PValueWithContinuity">Two-sided, |U − n_c n_t/2| less ½.</param>
public sealed record RankSumTest(double Z, double PValue, double PValueWithContinuity);
