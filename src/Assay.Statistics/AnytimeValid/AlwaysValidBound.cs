using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A bound on one side that is valid at every look.</summary>
public static class AlwaysValidBound
{
    /// <summary>Distance below the estimate of a lower bound that is ever above the truth with probability at most α.</summary>
    /// <param name="variance">V &gt; 0 of the estimate.</param>
    /// <param name="alpha">One-sided level in (0, ½).</param>
    /// <param name="mixtureVariance">τ² &gt; 0; sharpest when tuned at 2α.</param>
    /// <exception cref="ArgumentOutOfRangeException">A variance that is not positive, or α outside (0, ½).</exception>
    /// <remarks>
    /// The mixture over positive effects only, e = 2·e₂·Φ(x·√(τ²/(V(V + τ²)))) with e₂ the two-sided evidence (one-sided normal mixture, Howard et al. 2021). Half of a two-sided error rate is not
    /// quite this: a path may leave on both sides, so that each side errs a little more than half as often.
    /// </remarks>
    public static double Radius(double variance, double alpha, double mixtureVariance)
    {
        Check.Spread(variance);
        Check.Level(2 * alpha, nameof(alpha));
        Check.Spread(mixtureVariance);
        var threshold = -Math.Log(alpha);
        var scale = Math.Sqrt(mixtureVariance / (variance + mixtureVariance)) / Math.Sqrt(variance);
        double low = AlwaysValid.Radius(variance, 2 * alpha, mixtureVariance), high = AlwaysValid.Radius(variance, alpha, mixtureVariance);
        // Far out Φ rounds to 1 and the lower end is the root itself.
        if (high > Check.LargestValue) return double.PositiveInfinity;
        return Excess(low) >= 0 ? low : Excess(high) <= 0 ? high : Roots.Bracketed(Excess, low, high);

        double Excess(double x) => Math.Log(2) + AlwaysValid.LogEvidence(x, variance, mixtureVariance) + Math.Log(Normal.Cdf(x * scale)) - threshold;
    }
}
