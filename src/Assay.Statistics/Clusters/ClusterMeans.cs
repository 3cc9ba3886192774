namespace Assay.Statistics;

/// <summary>The effect of a treatment given to whole clusters, with the cluster's mean as the one observation it is (Donner &amp; Klar 2000, ch. 7).</summary>
public static class ClusterMeans
{
    /// <summary>From one row a unit; a large common offset of the outcomes costs no digits.</summary>
    /// <inheritdoc cref="ClusteredSample.Group"/>
    /// <returns>As from moments.</returns>
    public static Outcome<Estimate> Difference<TCluster>(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> treatments, ReadOnlySpan<TCluster> clusters)
        where TCluster : notnull => Difference(ClusteredSample.Group(ClusteredSample.FromFirst(outcomes), ClusteredSample.FromFirst(treatments), clusters).AsSpan());

    /// <summary>Mean of the treated clusters' means less that of the others, with Welch's variance and degrees of freedom (Donner &amp; Klar 2000, ch. 7).</summary>
    /// <param name="clusters">Joint moments (outcome, treatment) of each cluster, see <see cref="ClusteredSample.Group"/>.</param>
    /// <returns>
    /// The estimate, its variance <see cref="double.NaN"/> when an arm has a single cluster; <see cref="Reason.NoSolution"/> when a cluster holds several treatments or there are more than two,
    /// <see cref="Reason.NoVariance"/> when there is only one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A cluster does not have two columns.</exception>
    public static Outcome<Estimate> Difference(params ReadOnlySpan<JointMoments> clusters)
    {
        Check.Given(clusters);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var cluster in clusters)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(cluster.Columns, 2, nameof(clusters));
            if (cluster.Count == 0) continue;
            if (ClusteredSample.IsBeyond(cluster)) return Reason.Overflow;
            if (cluster.Scatter(1, 1) > 0) return Reason.NoSolution;
            low = Math.Min(low, cluster.Means[1]);
            high = Math.Max(high, cluster.Means[1]);
        }

        if (low > high) return Reason.NoUnits;
        if (low == high) return Reason.NoVariance;
        List<double> control = [], treatment = [];
        foreach (var cluster in clusters)
        {
            if (cluster.Count == 0) continue;
            if (cluster.Means[1] != low && cluster.Means[1] != high) return Reason.NoSolution;
            (cluster.Means[1] == low ? control : treatment).Add(cluster.Means[0]);
        }

        return Effect.Absolute(MeanOf(control), MeanOf(treatment));
    }

    private static Estimate MeanOf(List<double> means)
    {
        var moments = Moments.Of([.. means]);
        // The variance of a single mean is unknown, and no degrees of freedom tell more.
        return new Estimate(moments.Mean, moments.Variance / moments.Count, Math.Max(1, moments.Count - 1));
    }
}
