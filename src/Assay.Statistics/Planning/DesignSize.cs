using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>The size of an experiment with several arms, covariates, clusters and looks.</summary>
public static class DesignSize
{
    /// <summary>1 + ((cv² + 1)m − 1)·icc: what clusters of mean size m and varying size cost (Kish 1965; Eldridge, Ashby &amp; Kerry 2006).</summary>
    public static double ClusterEffect(double meanSize, double variation, double correlation) => 1 + (((((variation * variation) + 1) * meanSize) - 1) * correlation);

    /// <summary>Variance that is left after a covariate of correlation ρ, times the cluster effect: var(1 − ρ²)·deff.</summary>
    public static double EffectiveVariance(double variance, double correlation, double clusterEffect) => variance * (1 - correlation) * (1 + correlation) * clusterEffect;

    /// <summary>Units in all for the comparison of control with the smallest treatment arm: (z_α + z_β)² var (1/s₀ + 1/s_min) ÷ d² · inflation.</summary>
    /// <param name="effectiveVariance">Variance of a unit.</param>
    /// <param name="difference">The difference to find.</param>
    /// <param name="shares">Allocation, control first, summing to 1.</param>
    /// <param name="alpha">Level of one comparison, two-sided.</param>
    /// <param name="power">Wanted power.</param>
    /// <param name="inflation">Factor of a sequential design, ≥ 1.</param>
    public static Outcome<double> Total(double effectiveVariance, double difference, ImmutableArray<double> shares, double alpha, double power, double inflation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shares.Length, 2, nameof(shares));
        var smallest = shares.Skip(1).Min();
        return Power.TwoMeansControlSize(Math.Sqrt(effectiveVariance), difference, smallest / shares[0], alpha, power).Select(control => control / shares[0] * inflation);
    }

    /// <summary>√k ÷ (√k + k): the control share that is best for k equal treatment arms.</summary>
    public static double OptimalControlShare(int treatments) => Math.Sqrt(treatments) / (Math.Sqrt(treatments) + treatments);
}
