using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Two adjusted means.</summary>
/// <param name="Theta">Coefficient of each covariate; 0 for one that was constant or dependent on the others.</param>
/// <param name="Control">Adjusted control mean ȳ − θᵀ(x̄ − x̄_pooled), variance s²_adj/n, n − 1 degrees of freedom.</param>
/// <param name="Treatment">Adjusted treatment mean, likewise.</param>
/// <param name="VarianceReduction">1 − adjusted ÷ unadjusted variance of the difference; 0 when that has none, −∞ where given coefficients make it worse beyond a double.</param>
public sealed record AdjustedArms(ImmutableArray<double> Theta, Estimate Control, Estimate Treatment, double VarianceReduction)
{
    /// <summary>Coefficients of the treatment arm; <see cref="Theta"/> itself unless each arm has its own.</summary>
    public ImmutableArray<double> ThetaTreatment { get; init; } = Theta;
}
