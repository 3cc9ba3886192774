using System.Globalization;
using System.Numerics;

namespace Assay.Analysis.Tests.Exact;

/// <summary>Exact arithmetic the slow way, and rounding by the runtime's own correctly rounded parser: an opinion that shares nothing with the code under test.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    public static Rational Zero { get; } = new(0, 1);

    public static Rational Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        if (exponent != 0) mantissa += BigInteger.One << 52;
        else exponent = 1;
        if (bits < 0) mantissa = -mantissa;
        var shift = exponent - 1075;
        return shift >= 0 ? new Rational(mantissa << shift, 1) : new Rational(mantissa, BigInteger.One << -shift);
    }

    public static Rational operator +(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + new Rational(-b.Numerator, b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, BigInteger n) => new(a.Numerator, a.Denominator * n);

    public static Rational Sum(IEnumerable<Rational> terms)
    {
        // All denominators are powers of two here: one common denominator keeps the numbers small.
        var all = terms.ToList();
        var denominator = all.Select(term => term.Denominator).DefaultIfEmpty(BigInteger.One).Max();
        return new Rational(all.Aggregate(BigInteger.Zero, (sum, term) => sum + (term.Numerator * (denominator / term.Denominator))), denominator);
    }

    /// <summary>The nearest double, ties to even.</summary>
    /// <param name="digits">Decimal digits to hand to the parser; 1,100 are enough for any double, 120 for the numbers of everyday.</param>
    public double ToDouble(int digits = 1100)
    {
        if (Numerator.IsZero) return 0;
        var magnitude = BigInteger.Abs(Numerator);
        var scale = digits - (int)((magnitude.GetBitLength() - Denominator.GetBitLength()) * 0.30103);
        var quotient = scale >= 0
            ? BigInteger.DivRem(magnitude * BigInteger.Pow(10, scale), Denominator, out var rest)
            : BigInteger.DivRem(magnitude, Denominator * BigInteger.Pow(10, -scale), out rest);
        var text = $"{(Numerator.Sign < 0 ? "-" : "")}{quotient}{(rest.IsZero ? "0" : "1")}E{-scale - 1}";
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
