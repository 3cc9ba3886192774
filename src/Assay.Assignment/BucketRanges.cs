using System.Collections.Immutable;

namespace Assay.Assignment;

/// <summary>Lays variations out on [0, 1) and finds who falls where, with GrowthBook's arithmetic to the last bit.</summary>
public static class BucketRanges
{
    /// <summary>The share 1 ÷ <paramref name="count"/> for each variation; none when the count is not positive.</summary>
    public static ImmutableArray<double> WeighEqually(int count) =>
        count <= 0 ? [] : [.. Enumerable.Repeat(1d / count, count)];

    /// <summary>The range of each variation: rangeᵢ = [Σⱼ₍ⱼ﹤ᵢ₎wⱼ, Σⱼ₍ⱼ﹤ᵢ₎wⱼ + coverage · wᵢ).</summary>
    /// <param name="count">Number of variations.</param>
    /// <param name="coverage">Share of all units that take part; clamped to [0, 1].</param>
    /// <param name="weights">
    /// A weight for each variation. Equal weights replace them when their number differs from <paramref name="count"/> or their sum is outside [0.99, 1.01].
    /// </param>
    /// <remarks>A range grows at its end only, so raising the coverage never moves a unit that is in already; changing the weights does.</remarks>
    public static ImmutableArray<BucketRange> Of(int count, double coverage = 1, ReadOnlySpan<double> weights = default)
    {
        var ranges = new BucketRange[Math.Max(count, 0)];
        Fill(ranges, coverage, AreUsable(weights, count) ? weights : WeighEqually(count).AsSpan());
        return [.. ranges];
    }

    /// <summary>Index of the first range that contains the place, or −1.</summary>
    public static int Choose(double place, ReadOnlySpan<BucketRange> ranges)
    {
        for (var i = 0; i < ranges.Length; i++)
        {
            if (ranges[i].Contains(place)) return i;
        }

        return -1;
    }

    internal static void Fill(Span<BucketRange> ranges, double coverage, ReadOnlySpan<double> weights)
    {
        var share = Math.Clamp(coverage, 0, 1);
        var start = 0d;
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new BucketRange(start, start + (share * weights[i]));
            start += weights[i];
        }
    }

    private static bool AreUsable(ReadOnlySpan<double> weights, int count)
    {
        if (weights.Length != count) return false;
        var sum = 0d;
        foreach (var weight in weights) sum += weight;
        return sum is >= 0.99 and <= 1.01;
    }
}
