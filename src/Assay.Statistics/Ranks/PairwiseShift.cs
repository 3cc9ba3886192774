namespace Assay.Statistics;

/// <summary>Order statistics of all differences t − c of two sorted arms, without forming them all.</summary>
/// <remarks>A rounded difference grows with t and falls with c as the exact one does, so one walk through both arms counts the differences up to x; a search over x leaves few enough to sort.</remarks>
internal static class PairwiseShift
{
    /// <summary>The median of all differences; for an even number of them the mean of the middle two.</summary>
    public static double Median(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        var pairs = (long)control.Length * treatment.Length;
        var rank = (pairs + 1) / 2;
        var (low, high, below, count) = Narrow(control, treatment, rank);
        double first = low, second = low;
        if (low < high)
        {
            var left = Between(control, treatment, low, high, count - below);
            first = left[rank - 1 - below];
            second = rank < count ? left[rank - below] : first;
        }

        if (pairs % 2 == 1) return first;
        if (rank >= count) second = Split(control, treatment, high).Above;
        return (0.5 * first) + (0.5 * second);
    }

    /// <summary>Two differences around the one of a given rank (1 is the smallest), how many lie below the lower and how many up to the higher: equal ends, or few enough between them.</summary>
    private static (double Low, double High, long Below, long Count) Narrow(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, long rank)
    {
        double low = treatment[0] - control[^1], high = treatment[^1] - control[0];
        long below = 0, count = (long)control.Length * treatment.Length;
        // Regula falsi on the count as a function of x; an end that stays twice counts half (Illinois), and every fourth step bisects the order of the doubles.
        double under = 1, over = 1;
        for (var step = 1; low < high && count - below > control.Length + (long)treatment.Length; step++)
        {
            double left = under * (rank - 0.5 - below), right = over * (count - rank + 0.5);
            var x = low + ((high - low) * (left / (left + right)));
            if (step % 4 == 0 || !(x >= low && x < high)) x = Middle(low, high);
            var split = Split(control, treatment, x);
            if (split.Count < rank)
            {
                (low, below) = (split.Above, split.Count);
                (under, over) = (1, under == 1 ? 0.5 * over : 1);
            }
            else
            {
                (high, count) = (split.Below, split.Count);
                (over, under) = (1, over == 1 ? 0.5 * under : 1);
            }
        }

        return (low, high, below, count);
    }

    /// <summary>How many differences are at most x, the greatest of them, and the smallest above.</summary>
    private static (long Count, double Below, double Above) Split(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double x)
    {
        long count = 0;
        double below = double.NegativeInfinity, above = double.PositiveInfinity;
        var t = 0;
        foreach (var c in control)
        {
            while (t < treatment.Length && treatment[t] - c <= x) t++;
            count += t;
            if (t > 0) below = Math.Max(below, treatment[t - 1] - c);
            if (t < treatment.Length) above = Math.Min(above, treatment[t] - c);
        }

        return (count, below, above);
    }

    /// <summary>The differences from low to high, sorted.</summary>
    private static double[] Between(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double low, double high, long expected)
    {
        var found = new double[expected];
        int at = 0, first = 0;
        foreach (var c in control)
        {
            while (first < treatment.Length && treatment[first] - c < low) first++;
            for (var t = first; t < treatment.Length && treatment[t] - c <= high; t++) found[at++] = treatment[t] - c;
        }

        Array.Sort(found);
        return found;
    }

    /// <summary>Halfway between two doubles in their order, below the higher.</summary>
    private static double Middle(double low, double high)
    {
        long from = Ordinal(low), to = Ordinal(high);
        var middle = from + (long)(((ulong)to - (ulong)from) / 2);
        return BitConverter.Int64BitsToDouble(middle >= 0 ? middle : long.MinValue - middle);

        // −0 counts as 0.
        static long Ordinal(double x)
        {
            var bits = BitConverter.DoubleToInt64Bits(x + 0.0);
            return bits >= 0 ? bits : long.MinValue - bits;
        }
    }
}
