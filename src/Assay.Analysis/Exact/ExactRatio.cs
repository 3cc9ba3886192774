using System.Numerics;

namespace Assay.Analysis.Exact;

/// <summary>Integers to doubles, rounded once.</summary>
internal static class ExactRatio
{
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
        var magnitude = Math.ScaleB((double)bits, exponent - shift + extra);
        return negative ? -magnitude : magnitude;
    }
}
