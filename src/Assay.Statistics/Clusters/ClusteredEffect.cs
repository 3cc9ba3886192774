namespace Assay.Statistics;

/// <summary>The effect of a treatment on units that come in clusters: the slope of y = a + b·z by least squares, with variances that hold whatever the correlation inside a cluster.</summary>
/// <param name="Units">Number of units.</param>
/// <param name="Clusters">Number of clusters G.</param>
/// <param name="LiangZeger">CR0 at G − 1 degrees of freedom: (XᵀX)⁻¹ Σ_g X_gᵀe_g e_gᵀX_g (XᵀX)⁻¹ (Liang &amp; Zeger 1986). Too small for few clusters.</param>
/// <param name="Corrected">CR1 at G − 1 degrees of freedom: CR0 times G/(G − 1)·(n − 1)/(n − 2).</param>
/// <param name="BiasReduced">CR2: e_g → (I − H_gg)^(−½)e_g, unbiased under independent units, at Satterthwaite's degrees of freedom (Bell &amp; McCaffrey 2002); the one to read.</param>
/// <remarks>
/// With orthonormal columns U of (1, z), U_gᵀ(I − U_gU_gᵀ)^(−½)e_g = (I − U_gᵀU_g)^(−½)U_gᵀe_g: two rows a cluster whatever its size, so the moments of the clusters are enough.
/// An exact fit has variances of 0. <see cref="BiasReduced"/> is undetermined when one cluster alone carries a level of the treatment.
/// </remarks>
public sealed record ClusteredEffect(long Units, int Clusters, Estimate LiangZeger, Outcome<Estimate> Corrected, Outcome<Estimate> BiasReduced)
{
    /// <summary>From one row a unit; a large common offset of the outcomes costs no digits.</summary>
    /// <inheritdoc cref="ClusteredSample.Group"/>
    /// <returns>As from moments.</returns>
    public static Outcome<ClusteredEffect> Of<TCluster>(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> treatments, ReadOnlySpan<TCluster> clusters)
        where TCluster : notnull => Of(ClusteredSample.Group(ClusteredSample.FromFirst(outcomes), ClusteredSample.FromFirst(treatments), clusters).AsSpan());

    /// <summary>From the joint moments (outcome, treatment) of each cluster, see <see cref="ClusteredSample.Group"/>.</summary>
    /// <returns><see cref="Reason.TooFewUnits"/> below two clusters with units, <see cref="Reason.NoVariance"/> when all units have one treatment, <see cref="Reason.Overflow"/> beyond a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cluster does not have two columns.</exception>
    public static Outcome<ClusteredEffect> Of(params ReadOnlySpan<JointMoments> clusters)
    {
        Check.Given(clusters);
        var all = JointMoments.Empty(2);
        long units = 0;
        var count = 0;
        foreach (var cluster in clusters)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(cluster.Columns, 2, nameof(clusters));
            if (ClusteredSample.IsBeyond(cluster)) return Reason.Overflow;
            units += cluster.Count;
            if (units > Check.LargestCount) throw new ArgumentOutOfRangeException(nameof(clusters), units, "At most 2⁶⁰ units together.");
            all += cluster;
            if (cluster.Count > 0) count++;
        }

        if (count < 2) return Reason.TooFewUnits;
        var spread = all.Scatter(1, 1);
        if (!(spread > 0)) return Reason.NoVariance;
        var slope = all.Scatter(0, 1) / spread;
        // A standard error below the rounding of the outcomes is that of an exact fit.
        var rounding = 4.4e-16 * Math.Sqrt(((all.Scatter(0, 0) / all.Count) + (all.Means[0] * all.Means[0])) / spread);
        double plain = 0, reduced = 0;
        var freedom = default(Freedom);
        var isReducible = true;
        foreach (var cluster in clusters)
        {
            if (cluster.Count == 0) continue;
            var (score, share) = Project(cluster, all, slope);
            plain += score.Second * score.Second;
            if (share.InverseRootOfComplement() is { } root)
            {
                var adjusted = root.Times(score).Second;
                reduced += adjusted * adjusted;
                freedom.Add(share, root);
            }
            else
            {
                isReducible = false;
            }
        }

        var uncorrected = Scaled(plain, count - 1);
        if (!double.IsFinite(uncorrected.Value) || !double.IsFinite(uncorrected.Variance) || !double.IsFinite(reduced / spread)) return Reason.Overflow;
        var factor = count / (count - 1.0) * ((all.Count - 1) / (all.Count - 2.0));
        return new ClusteredEffect(
            all.Count,
            count,
            uncorrected,
            all.Count > 2 ? uncorrected with { Variance = uncorrected.Variance * factor } : Reason.TooFewUnits,
            isReducible ? Scaled(reduced, freedom.Degrees) : Reason.TooFewUnits);

        Estimate Scaled(double meat, double degrees)
        {
            var variance = meat / spread;
            return new Estimate(slope, Math.Sqrt(variance) <= rounding ? 0 : variance, degrees);
        }
    }

    /// <summary>U_gᵀe_g and U_gᵀU_g, where U = (1/√n, (z − z̄)/√S_zz).</summary>
    private static ((double First, double Second) Score, Symmetric2x2 Share) Project(JointMoments cluster, JointMoments all, double slope)
    {
        double size = cluster.Count, n = all.Count, spread = all.Scatter(1, 1);
        double y = cluster.Means[0] - all.Means[0], z = cluster.Means[1] - all.Means[1];
        var residual = size * (y - (slope * z));
        var residualByTreatment = cluster.Scatter(0, 1) - (slope * cluster.Scatter(1, 1)) + (residual * z);
        return (
            (residual / Math.Sqrt(n), residualByTreatment / Math.Sqrt(spread)),
            new Symmetric2x2(size / n, size * z / Math.Sqrt(n * spread), (cluster.Scatter(1, 1) + (size * z * z)) / spread));
    }

    /// <summary>(Σλ)² ÷ Σλ² for the eigenvalues of the quadratic form that CR2 is under independent errors: with b_g = (I − M_g)^(−½)M_g w, 1 ÷ (Σ(wᵀM_g w)² − Σ|b_g|⁴ + |Σ b_g b_gᵀ|²).</summary>
    private struct Freedom
    {
        private double _own;
        private Symmetric2x2 _cross;

        public readonly double Degrees => 1 / (_own + _cross.SquaredNorm);

        public void Add(Symmetric2x2 share, Symmetric2x2 root)
        {
            var b = root.Times((share.B, share.C));
            var square = Symmetric2x2.Square(b);
            _own += (share.C * share.C) - square.SquaredNorm;
            _cross += square;
        }
    }
}
