using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A bound on one side that is valid at every look.</summary>
public static class AlwaysValidBound
{
    /// <summary>Distance below the estimate of a lower bound that is ever above the truth with probability at most α.</summary>
    /// <param name="variance">V &gt; 0 of the estimate.</param>
    /// <param name="alpha">One-sided level in (0, ½).</param>
    /// <param name="mixtureVariance">τ² &gt; 0; sharpest when tuned at 2α.</param>
    /// <returns>+∞ where it is beyond a double.</returns>
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

    /// <summary>The same distance by the one-sided asymptotic confidence sequence: √(2V(1 + V/τ²)·ln(1 + √(1 + τ²/V)/(2α))) (Waudby-Smith et al. 2024, prop. B.1), a closed form a little wider than <see cref="Radius"/>.</summary>
    /// <param name="variance">V &gt; 0 of the estimate.</param>
    /// <param name="alpha">One-sided level in (0, 1).</param>
    /// <param name="mixtureVariance">τ² &gt; 0.</param>
    /// <returns>+∞ where it is beyond a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A variance that is not positive, or α outside (0, 1).</exception>
    public static double AsymptoticRadius(double variance, double alpha, double mixtureVariance)
    {
        Check.Spread(variance);
        Check.Level(alpha);
        Check.Spread(mixtureVariance);
        return Math.Sqrt(2 * variance) * Math.Sqrt(1 + (variance / mixtureVariance)) * Math.Sqrt(Spread(variance, alpha, mixtureVariance));
    }

    /// <summary>ln(1 + √(1 + τ²/V)/(2α)), in logarithms where the quotient is beyond a double.</summary>
    private static double Spread(double variance, double alpha, double mixtureVariance)
    {
        var root = Math.Sqrt(1 + (mixtureVariance / variance)) / (2 * alpha);
        return double.IsFinite(root) ? Elementary.LogOnePlus(root) : (0.5 * (Math.Log(mixtureVariance) - Math.Log(variance))) - Math.Log(2 * alpha);
    }
}
