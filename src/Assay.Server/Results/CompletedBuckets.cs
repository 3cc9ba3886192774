using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>Which maturity buckets are completed: the newest that is, and when that changes.</summary>
/// <remarks>A completed hour counts as its closing midnight once that has come, since a readout tells it so from then on, whether hours have been merged or not.</remarks>
internal readonly record struct CompletedBuckets(long? Newest, long? Next)
{
    public static CompletedBuckets Of(MeasuredExperiment measured, DateTimeOffset asOf)
    {
        var now = Microseconds.Of(asOf);
        long? newest = null, next = null;
        foreach (var key in measured.Accumulators.Keys)
        {
            if (key.Arm < 0) continue;
            Consider(key.MaturesAt);
            Consider(Maturity.Bucket(key.MaturesAt, long.MaxValue));
        }

        return new CompletedBuckets(newest, next);

        void Consider(long at)
        {
            if (at <= now) newest = newest > at ? newest : at;
            else next = next < at ? next : at;
        }
    }

    /// <summary>Whether no bucket has come or gone at that time. A clock set back counts as one that went.</summary>
    public bool Holds(DateTimeOffset asOf)
    {
        var now = Microseconds.Of(asOf);
        return (Newest is not { } newest || newest <= now) && (Next is not { } next || now < next);
    }
}
