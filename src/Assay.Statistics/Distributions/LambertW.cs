namespace Assay.Statistics.Distributions;

/// <summary>The lower real branch of Lambert's W.</summary>
internal static class LambertW
{
    /// <summary>W₋₁(−exp s) for s ≤ −1: the w ≤ −1 with w eʷ = −eˢ, that is −w = m with m − ln m = −s.</summary>
    public static double LowerOfMinusExp(double s)
    {
        if (!(s <= -1)) throw new ArgumentOutOfRangeException(nameof(s), s, "The branch is real for s ≤ −1.");
        // m − ln m = 1 + excess; near the branch point m ≈ 1 + √(2·excess).
        var excess = -s - 1;
        var m = 1 + Math.Sqrt(2 * excess) + (excess * 2 / 3);
        for (var i = 0; i < 50 && m > 1; i++)
        {
            var step = (-Elementary.LogOnePlusLess(m - 1) - excess) * m / (m - 1);
            m -= step;
            if (Math.Abs(step) <= 1e-16 * m) break;
        }

        return -m;
    }
}
