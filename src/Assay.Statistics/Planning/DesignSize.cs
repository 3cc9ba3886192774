using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>The size of an experiment with several arms, covariates, clusters and looks.</summary>
public static class DesignSize
{
    /// <summary>1 + ((cv² + 1)m − 1)·icc: what clusters of mean size m and varying size cost (Kish 1965; Eldridge, Ashby &amp; Kerry 2006).</summary>
    /// <param name="meanSize">m ≥ 1, units a cluster on average.</param>
    /// <param name="variation">cv ≥ 0, standard deviation of cluster sizes over their mean; 0 for equal sizes.</param>
    /// <param name="correlation">icc in [0, 1], correlation of two units of a cluster.</param>
    /// <returns>A factor of the variance, ≥ 1; <see cref="Reason.Overflow"/> where it is beyond a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> ClusterEffect(double meanSize, double variation, double correlation)
    {
        if (!(meanSize >= 1 && double.IsFinite(meanSize))) throw new ArgumentOutOfRangeException(nameof(meanSize), meanSize, "Must be finite and at least 1.");
        Check.NonNegative(variation);
        Check.Probability(correlation);
        if (correlation == 0) return 1.0;
        var factor = 1 + (((((variation * variation) + 1) * meanSize) - 1) * correlation);
        return double.IsFinite(factor) ? factor : Reason.Overflow;
    }

    /// <summary>Variance that is left after a covariate of correlation ρ, times the cluster effect: var(1 − ρ²)·deff (Deng, Xu, Kohavi &amp; Walker 2013; Kish 1965).</summary>
    /// <param name="variance">Of a unit, within 1e±150.</param>
    /// <param name="correlation">ρ of metric and covariate, in [−1, 1]; 0 for none.</param>
    /// <param name="clusterEffect">deff, 1 without clusters; within 1e±150.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double EffectiveVariance(double variance, double correlation, double clusterEffect)
    {
        Check.Scale(variance);
        if (!(correlation is >= -1 and <= 1)) throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "Must be within ±1.");
        Check.Scale(clusterEffect);
        return variance * (1 - correlation) * (1 + correlation) * clusterEffect;
    }

    /// <summary>Units in all for the comparison of control with the smallest treatment arm: (z_α + z_β)² var (1/s₀ + 1/s_min) ÷ d² · inflation (elementary; the inflation by Jennison &amp; Turnbull 2000, ch. 2).</summary>
    /// <param name="effectiveVariance">Variance of a unit.</param>
    /// <param name="difference">The difference to find.</param>
    /// <param name="shares">Allocation, control first, summing to 1.</param>
    /// <param name="alpha">Level of one comparison, two-sided.</param>
    /// <param name="power">Wanted power.</param>
    /// <param name="inflation">Factor of a sequential design, ≥ 1.</param>
    /// <returns>Units of all arms together, a real number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two shares, or an argument outside its range.</exception>
    public static Outcome<double> Total(double effectiveVariance, double difference, ImmutableArray<double> shares, double alpha, double power, double inflation = 1)
    {
        if (shares.IsDefault || shares.Length < 2) throw new ArgumentOutOfRangeException(nameof(shares), "A control and at least one treatment.");
        foreach (var share in shares) Check.Level(share, nameof(shares));
        Check.NonNegative(effectiveVariance);
        if (!(inflation is >= 1 and <= 1e6)) throw new ArgumentOutOfRangeException(nameof(inflation), inflation, "At least 1.");
        var smallest = shares.Skip(1).Min();
        return Power.OfDeviations(Math.Sqrt(effectiveVariance), Math.Sqrt(effectiveVariance), difference, smallest / shares[0], alpha, power).SelectMany<double>(control => double.IsFinite(control / shares[0] * inflation) ? control / shares[0] * inflation : Reason.NoSolution);
    }

    /// <summary>√k ÷ (√k + k): the control share that is best for k equal treatment arms (Dunnett 1955).</summary>
    /// <param name="treatments">k ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No treatment.</exception>
    public static double OptimalControlShare(int treatments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treatments);
        return Math.Sqrt(treatments) / (Math.Sqrt(treatments) + treatments);
    }
}
