using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>The completed units of one metric in the order they matured, for a test that is decided on the first of them.</summary>
internal sealed class MaturedBuckets(Metric metric, IEnumerable<MaturedBucket> buckets, int columns, long asOf)
{
    private readonly ImmutableArray<MaturedBucket> _buckets = [.. buckets.OrderBy(bucket => bucket.MaturesAt)];

    /// <summary>
    /// The time by which both arms have their planned units, or null while one has not. It is read off the buckets, so that units which mature later cannot move it;
    /// and it is the closing midnight of its day once that has come, so that merging hours into days cannot either.
    /// </summary>
    public long? Cut(int control, int treatment, ImmutableArray<long> sizes)
    {
        if (sizes.Length == 0 || sizes[control] <= 0 || sizes[treatment] <= 0) return null;
        var (missing, others) = (sizes[control], sizes[treatment]);
        foreach (var bucket in _buckets)
        {
            if (bucket.Arm == control) missing -= bucket.Units.Count;
            else if (bucket.Arm == treatment) others -= bucket.Units.Count;
            if (missing <= 0 && others <= 0) return Maturity.Bucket(bucket.MaturesAt, asOf);
        }

        return null;
    }

    /// <summary>The units of an arm that matured by a cut.</summary>
    public ArmUnits Through(long cut, int arm)
    {
        var sum = new Accumulator(columns);
        foreach (var bucket in _buckets)
            if (bucket.Arm == arm && bucket.MaturesAt <= cut) sum.Add(bucket.Units);
        return new ArmUnits(arm, metric.Type, sum, columns);
    }
}

/// <summary>Units of one arm that matured in one bucket.</summary>
internal readonly record struct MaturedBucket(long MaturesAt, int Arm, Accumulator Units);
