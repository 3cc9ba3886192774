namespace Assay.Statistics;

/// <summary>Order statistics of all differences t − c of two sorted arms, without forming them.</summary>
internal static class PairwiseShift
{
    /// <summary>The median of all differences; for an even number of them the mean of the middle two.</summary>
    public static double Median(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        var pairs = (long)control.Length * treatment.Length;
        var rank = (pairs + 1) / 2;
        var lower = Select(control, treatment, rank);
        if (pairs % 2 == 1) return lower;
        var (below, next) = Split(control, treatment, lower);
        return below > rank ? lower : (0.5 * lower) + (0.5 * next);
    }

    /// <summary>The difference of a given rank (1 is the smallest), by bisection on the order of the doubles: at most 64 passes.</summary>
    private static double Select(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, long rank)
    {
        long low = Ordinal(treatment[0] - control[^1]), high = Ordinal(treatment[^1] - control[0]);
        while (low < high)
        {
            var middle = low + (long)(((ulong)high - (ulong)low) / 2);
            if (Split(control, treatment, FromOrdinal(middle)).Count >= rank) high = middle; else low = middle + 1;
        }

        return FromOrdinal(low);
    }

    /// <summary>How many differences are at most x, and the smallest one above it.</summary>
    private static (long Count, double Next) Split(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double x)
    {
        long count = 0;
        var next = double.PositiveInfinity;
        var t = 0;
        foreach (var c in control)
        {
            // A rounded difference grows with t and falls with c as the exact one does.
            while (t < treatment.Length && treatment[t] - c <= x) t++;
            count += t;
            if (t < treatment.Length) next = Math.Min(next, treatment[t] - c);
        }

        return (count, next);
    }

    /// <summary>An integer that orders as the doubles do; −0 counts as 0.</summary>
    private static long Ordinal(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x + 0.0);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrdinal(long ordinal) => BitConverter.Int64BitsToDouble(ordinal >= 0 ? ordinal : long.MinValue - ordinal);
}
