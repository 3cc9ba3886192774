using System.Numerics;

namespace Assay.Analysis.Exact;

/// <summary>Integers to doubles, rounded once.</summary>
internal static class ExactRatio
{
    private const int LowestExponent = -1074;
    private const int LowestNormal = -1022;

    /// <summary>The double nearest to numerator ÷ denominator × 2^exponent, ties to even.</summary>
    public static double Round(BigInteger numerator, BigInteger denominator, int exponent)
    {
        if (numerator.IsZero) return 0;
        var negative = numerator.Sign < 0;
        numerator = BigInteger.Abs(numerator);

        // A quotient of 64 bits whose last bit also says "and something below" rounds to 53 bits exactly as the infinite quotient would.
        var shift = 64 - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        if (shift > 0) numerator <<= shift; else denominator <<= -shift;
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var extra = (int)quotient.GetBitLength() - 64;
        if (extra > 0)
        {
            if (!(quotient & ((BigInteger.One << extra) - 1)).IsZero) remainder = BigInteger.One;
            quotient >>= extra;
        }
        else
        {
            extra = 0;
        }

        var bits = (ulong)quotient | (remainder.IsZero ? 0UL : 1UL);
        var magnitude = Scale(bits, exponent - shift + extra);
        return negative ? -magnitude : magnitude;
    }

    /// <summary>64 bits × 2^exponent. A subnormal has fewer than 53 bits: what it cannot hold is folded into the last bit first, or it would be rounded twice.</summary>
    private static double Scale(ulong bits, int exponent)
    {
        var lost = LowestExponent - exponent - 2;
        if (exponent + 63 > LowestNormal) return Math.ScaleB((double)bits, exponent);
        if (lost >= 64) return 0;
        var kept = (bits >> lost) | ((bits & ((1UL << lost) - 1)) == 0 ? 0UL : 1UL);

        // Two bits below the lowest that a subnormal has: one to round by and one that says "and something below".
        var rounded = (kept >> 2) + ((kept & 3) switch { 3 => 1UL, 2 => (kept >> 2) & 1, _ => 0UL });
        return Math.ScaleB((double)rounded, LowestExponent);
    }
}
