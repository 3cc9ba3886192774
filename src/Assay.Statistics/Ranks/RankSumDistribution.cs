namespace Assay.Statistics;

/// <summary>The permutation distribution of U without ties, by counting.</summary>
internal static class RankSumDistribution
{
    /// <summary>min(1, 2·P(U ≤ min(u, mn − u))).</summary>
    public static double TwoSided(int m, int n, long u)
    {
        var smaller = Math.Min(u, ((long)m * n) - u);
        var counts = Counts(m, n, (int)smaller);
        Int128 tail = 0;
        foreach (var count in counts) tail += count;
        return Math.Min(1, 2 * ((double)tail / (double)Choose(m, n)));
    }

    /// <summary>Arrangements with U = 0, 1, …, last: the coefficients of Gauss's binomial ∏(1 − q^{n+i}) ÷ (1 − q^i), i = 1…m, in integers.</summary>
    private static Int128[] Counts(int m, int n, int last)
    {
        var counts = new Int128[last + 1];
        counts[0] = 1;
        for (var i = 1; i <= m; i++)
        {
            for (var k = last; k >= n + i; k--) counts[k] -= counts[k - n - i];
            for (var k = i; k <= last; k++) counts[k] += counts[k - i];
        }

        return counts;
    }

    /// <summary>C(m + n, m), at most C(98, 49) ≈ 2.5·10²⁸.</summary>
    private static Int128 Choose(int m, int n)
    {
        Int128 ways = 1;
        for (var i = 1; i <= m; i++) ways = ways * (n + i) / i;
        return ways;
    }
}
