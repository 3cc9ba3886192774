using System.Runtime.CompilerServices;

namespace Assay.Analysis.Exact;

/// <summary>A product of up to three doubles without rounding: 53-bit mantissas multiplied as integers, exponents added.</summary>
public readonly struct ExactProduct
{
    /// <summary>32-bit digits of the magnitude: 3 × 53 = 159 bits fit in five.</summary>
    internal const int Digits = 5;

    private readonly Magnitude _magnitude;

    private ExactProduct(Magnitude magnitude, int exponent, bool negative, bool zero)
    {
        _magnitude = magnitude;
        Exponent = exponent;
        IsNegative = negative;
        IsZero = zero;
    }

    /// <summary>Power of two of the lowest digit's lowest bit.</summary>
    internal int Exponent { get; }

    /// <summary>Whether the product is below zero.</summary>
    internal bool IsNegative { get; }

    /// <summary>Whether the product is zero.</summary>
    internal bool IsZero { get; }

    /// <summary>A digit of the magnitude, lowest first.</summary>
    internal uint this[int index] => _magnitude[index];

    /// <summary>The value itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static ExactProduct Of(double a)
    {
        var (mantissa, exponent, negative) = Split(a);
        var magnitude = default(Magnitude);
        magnitude[0] = (uint)mantissa;
        magnitude[1] = (uint)(mantissa >> 32);
        return new ExactProduct(magnitude, exponent, negative, mantissa == 0);
    }

    /// <summary>a × b.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ExactProduct Of(double a, double b)
    {
        var (ma, ea, na) = Split(a);
        var (mb, eb, nb) = Split(b);
        var high = Math.BigMul(ma, mb, out var low);
        var magnitude = default(Magnitude);
        magnitude[0] = (uint)low;
        magnitude[1] = (uint)(low >> 32);
        magnitude[2] = (uint)high;
        magnitude[3] = (uint)(high >> 32);
        return new ExactProduct(magnitude, ea + eb, na != nb, ma == 0 || mb == 0);
    }

    /// <summary>a × b × c.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ExactProduct Of(double a, double b, double c)
    {
        var (ma, ea, na) = Split(a);
        var (mb, eb, nb) = Split(b);
        var (mc, ec, nc) = Split(c);
        var high = Math.BigMul(ma, mb, out var low);
        var lowHigh = Math.BigMul(low, mc, out var lowest);
        var highHigh = Math.BigMul(high, mc, out var highLow);
        var middle = lowHigh + highLow;
        var top = highHigh + (middle < lowHigh ? 1UL : 0UL);
        var magnitude = default(Magnitude);
        magnitude[0] = (uint)lowest;
        magnitude[1] = (uint)(lowest >> 32);
        magnitude[2] = (uint)middle;
        magnitude[3] = (uint)(middle >> 32);
        magnitude[4] = (uint)top;
        return new ExactProduct(magnitude, ea + eb + ec, na ^ nb ^ nc, ma == 0 || mb == 0 || mc == 0);
    }

    private static (ulong Mantissa, int Exponent, bool Negative) Split(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "Exact arithmetic takes finite numbers.");
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var fraction = bits & 0xF_FFFF_FFFF_FFFF;
        return exponent == 0 ? (fraction, -1074, (bits >> 63) != 0) : (fraction | (1UL << 52), exponent - 1075, (bits >> 63) != 0);
    }

    [InlineArray(Digits)]
    private struct Magnitude
    {
        private uint _lowest;
    }
}
