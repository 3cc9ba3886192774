using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Units that were randomised or measured in groups: shops, schools, blocks of time.</summary>
/// <remarks>Moments by Welford's update (1962).</remarks>
public static class ClusteredSample
{
    /// <summary>The joint moments (outcome, treatment) of each cluster, in order of first appearance: all that the estimators of a clustered effect need.</summary>
    /// <param name="outcomes">One value a unit, in the metric's unit.</param>
    /// <param name="treatments">The treatment of each unit: 0 for control and 1 for treatment, or a dose.</param>
    /// <param name="clusters">The cluster of each unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns of unequal length, or a value that is not finite or beyond ±1e150.</exception>
    public static ImmutableArray<JointMoments> Group<TCluster>(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> treatments, ReadOnlySpan<TCluster> clusters)
        where TCluster : notnull
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(treatments.Length, outcomes.Length, nameof(treatments));
        ArgumentOutOfRangeException.ThrowIfNotEqual(clusters.Length, outcomes.Length, nameof(clusters));
        var places = new Dictionary<TCluster, Sums>();
        var inOrder = new List<Sums>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            Check.Measured(outcomes[i], nameof(outcomes));
            Check.Measured(treatments[i], nameof(treatments));
            if (!places.TryGetValue(clusters[i], out var sums)) inOrder.Add(places[clusters[i]] = sums = new Sums());
            sums.Add(outcomes[i], treatments[i]);
        }

        return [.. inOrder.Select(sums => sums.Moments)];
    }

    /// <summary>Whether products of these moments would leave the range of a double.</summary>
    internal static bool IsBeyond(JointMoments cluster) =>
        cluster.Means.Any(mean => Math.Abs(mean) > Check.LargestValue / 1e10) || cluster.ScatterTriangle.Any(product => Math.Abs(product) > 1e300);

    /// <summary>Values measured from the first of them: a difference of neighbours is exact, so a large common offset costs no digits.</summary>
    internal static double[] FromFirst(ReadOnlySpan<double> values)
    {
        var shifted = values.ToArray();
        var first = shifted.Length > 0 && double.IsFinite(shifted[0]) ? shifted[0] : 0;
        for (var i = 0; i < shifted.Length; i++) shifted[i] -= first;
        return shifted;
    }

    /// <summary>Welford's update of two columns.</summary>
    private sealed class Sums
    {
        private long _count;
        private double _y, _z, _yy, _yz, _zz;

        public JointMoments Moments => new(_count, [_y, _z], [_yy, _yz, _zz]);

        public void Add(double y, double z)
        {
            _count++;
            double fromY = y - _y, fromZ = z - _z;
            _y += fromY / _count;
            _z += fromZ / _count;
            _yy += fromY * (y - _y);
            _yz += fromY * (z - _z);
            _zz += fromZ * (z - _z);
        }
    }
}
