using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>The moments that a course is told at: closing midnights, full hours while their day is not two days over, and now.</summary>
internal static class TimelineMoments
{
    /// <summary>Points of one course: more would be finer than a chart can show.</summary>
    public const int Most = 400;

    /// <summary>The moments of the buckets that completed, in order, now last; empty while none has.</summary>
    /// <param name="buckets">Maturity buckets as stored, in any order: an hour that could be merged by now counts as its closing midnight, whether it has been merged or not.</param>
    /// <param name="asOf">Now, microseconds; later buckets are not completed.</param>
    public static ImmutableArray<long> Of(IEnumerable<long> buckets, long asOf)
    {
        var merged = Maturity.CompactedThrough(asOf);
        var moments = new SortedSet<long>(buckets.Where(bucket => bucket <= asOf).Select(bucket => Maturity.Bucket(bucket, merged)));
        if (moments.Count == 0) return [];
        moments.Add(asOf);
        long[] days = [.. moments.TakeWhile(moment => moment <= merged)];
        var rest = moments.Count - days.Length;
        return [.. Thin(days, Most - rest), .. moments.Skip(days.Length)];
    }

    /// <summary>Evenly so many of them, the last always among them.</summary>
    private static IEnumerable<long> Thin(long[] days, int most) =>
        days.Length <= most ? days : Enumerable.Range(1, most).Select(i => days[((long)i * days.Length / most) - 1]);
}
