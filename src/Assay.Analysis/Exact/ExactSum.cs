using System.Buffers.Binary;
using System.Numerics;

namespace Assay.Analysis.Exact;

/// <summary>A sum of doubles, of products of two or of products of three, kept exactly: adding and removing are inverse, and order never matters.</summary>
/// <remarks>
/// A small superaccumulator after Neal (2015, arXiv:1505.05571): digits of 32 bits in 64-bit limbs, so that carries wait. The limbs are a window
/// that grows where numbers fall, and the encoding is canonical: equal sums are equal bytes.
/// </remarks>
public sealed class ExactSum
{
    private const int DigitBits = 32;
    private const int AddsBeforeCarry = 1 << 29;

    private long[] _limbs;
    private int _base;
    private int _pending;

    /// <summary>Zero.</summary>
    public ExactSum() => _limbs = [];

    private ExactSum(long[] limbs, int lowest)
    {
        _limbs = limbs;
        _base = lowest;
    }

    /// <summary>Whether the sum is exactly zero.</summary>
    public bool IsZero
    {
        get
        {
            Carry();
            return _limbs.AsSpan().IndexOfAnyExcept(0L) < 0;
        }
    }

    /// <summary>Adds a finite value.</summary>
    public void Add(double value) => Accumulate(ExactProduct.Of(value), negate: false);

    /// <summary>Takes a finite value out again.</summary>
    public void Subtract(double value) => Accumulate(ExactProduct.Of(value), negate: true);

    /// <summary>Adds a product, exactly.</summary>
    public void Add(in ExactProduct product) => Accumulate(product, negate: false);

    /// <summary>Takes a product out again.</summary>
    public void Subtract(in ExactProduct product) => Accumulate(product, negate: true);

    /// <summary>Adds another sum.</summary>
    public void Add(ExactSum other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.Carry();
        if (other._limbs.Length == 0) return;
        Carry();
        Cover(other._base, other._base + other._limbs.Length);
        for (var i = 0; i < other._limbs.Length; i++) _limbs[other._base - _base + i] += other._limbs[i];
        _pending++;
    }

    /// <summary>A copy that lives its own life.</summary>
    public ExactSum Clone()
    {
        Carry();
        return new ExactSum([.. _limbs], _base);
    }

    /// <summary>The sum as mantissa × 2^exponent.</summary>
    public (BigInteger Mantissa, int Exponent) ToInteger()
    {
        Carry();
        var mantissa = BigInteger.Zero;
        for (var i = _limbs.Length - 1; i >= 0; i--) mantissa = (mantissa << DigitBits) + _limbs[i];
        return (mantissa, _base * DigitBits);
    }

    /// <summary>The double nearest to the sum, ties to even.</summary>
    public double Round()
    {
        if (TryRound(out var rounded)) return rounded;
        var (mantissa, exponent) = ToInteger();
        return ExactRatio.Round(mantissa, BigInteger.One, exponent);
    }

    /// <summary>Number of bytes that <see cref="Write"/> needs.</summary>
    public int EncodedLength
    {
        get
        {
            var (low, high) = Significant();
            return sizeof(short) + sizeof(ushort) + ((high - low) * sizeof(uint));
        }
    }

    /// <summary>Writes the canonical encoding: lowest digit's place, number of digits, two's complement digits, little endian.</summary>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> destination)
    {
        var (low, high) = Significant();
        BinaryPrimitives.WriteInt16LittleEndian(destination, (short)(low == high ? 0 : _base + low));
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)(high - low));
        for (var i = low; i < high; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 + ((i - low) * 4))..], (uint)(i < _limbs.Length ? _limbs[i] : Sign()));
        return 4 + ((high - low) * 4);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>The sum and the bytes consumed.</returns>
    public static (ExactSum Sum, int Length) Read(ReadOnlySpan<byte> source)
    {
        var lowest = BinaryPrimitives.ReadInt16LittleEndian(source);
        var digits = BinaryPrimitives.ReadUInt16LittleEndian(source[2..]);
        var limbs = new long[digits];
        for (var i = 0; i < digits; i++)
        {
            var digit = BinaryPrimitives.ReadUInt32LittleEndian(source[(4 + (i * 4))..]);
            limbs[i] = i == digits - 1 ? (int)digit : digit;
        }

        return (new ExactSum(limbs, lowest), 4 + (digits * 4));
    }

    /// <summary>The same of a sum whose digits fit in 127 bits and whose double is a normal one, as almost all are: without a number on the heap.</summary>
    private bool TryRound(out double rounded)
    {
        rounded = 0;
        var (low, high) = Significant();
        if (high - low > 4) return false;
        Int128 sum = 0;
        for (var i = high - 1; i >= low; i--) sum = (sum << DigitBits) + (i == high - 1 ? (int)_limbs[i] : _limbs[i]);
        if (sum == 0) return true;
        var magnitude = (UInt128)(sum < 0 ? -sum : sum);
        var (bits, exponent) = (128 - (int)UInt128.LeadingZeroCount(magnitude), (_base + low) * DigitBits);
        if (exponent < -900 || exponent + bits > 1000) return false;

        // 64 bits, of which the last also says "and something below", round to 53 as all of them would.
        var lost = Math.Max(0, bits - 64);
        var kept = (ulong)(magnitude >> lost) | ((magnitude & ((UInt128.One << lost) - 1)) == 0 ? 0UL : 1UL);
        rounded = Math.ScaleB((double)kept, exponent + lost);
        if (sum < 0) rounded = -rounded;
        return true;
    }

    private void Accumulate(in ExactProduct product, bool negate)
    {
        if (product.IsZero) return;
        if (_pending >= AddsBeforeCarry) Carry();
        var place = product.Exponent >> 5;
        var shift = product.Exponent & 31;
        Cover(place, place + ExactProduct.Digits + 1);
        var limbs = _limbs.AsSpan(place - _base, ExactProduct.Digits + 1);
        var negative = product.IsNegative != negate;
        ulong carried = 0;
        for (var i = 0; i < ExactProduct.Digits; i++)
        {
            carried |= (ulong)product[i] << shift;
            var digit = (long)(uint)carried;
            limbs[i] += negative ? -digit : digit;
            carried >>= DigitBits;
        }

        limbs[ExactProduct.Digits] += negative ? -(long)carried : (long)carried;
        _pending++;
    }

    /// <summary>Brings every limb but the highest into [0, 2³²) and the highest into the signed 32-bit range.</summary>
    private void Carry()
    {
        if (_pending == 0) return;
        long carry = 0;
        for (var i = 0; i < _limbs.Length; i++)
        {
            var value = _limbs[i] + carry;
            carry = value >> DigitBits;
            _limbs[i] = (uint)value;
        }

        _pending = 0;
        while (true)
        {
            var top = _limbs[^1];
            if (carry == 0 && top <= int.MaxValue) return;
            if (carry == -1 && top > int.MaxValue)
            {
                _limbs[^1] = (int)(uint)top;
                return;
            }

            Array.Resize(ref _limbs, _limbs.Length + 1);
            _limbs[^1] = (uint)carry;
            carry >>= DigitBits;
        }
    }

    private void Cover(int low, int high)
    {
        if (_limbs.Length == 0)
        {
            _base = low;
            _limbs = new long[high - low];
            return;
        }

        var newLow = Math.Min(low, _base);
        var newHigh = Math.Max(high, _base + _limbs.Length);
        if (newLow == _base && newHigh == _base + _limbs.Length) return;
        var grown = new long[newHigh - newLow];
        _limbs.CopyTo(grown, _base - newLow);
        _limbs = grown;
        _base = newLow;
    }

    private long Sign() => _limbs.Length > 0 && _limbs[^1] < 0 ? -1 : 0;

    /// <summary>The shortest run of digits [low, high) that says everything in two's complement.</summary>
    private (int Low, int High) Significant()
    {
        Carry();
        var sign = Sign();
        var low = 0;
        while (low < _limbs.Length && _limbs[low] == 0) low++;
        if (low == _limbs.Length) return (0, 0);
        var high = _limbs.Length;
        while (high - 1 > low && (uint)_limbs[high - 1] == (uint)sign && ((uint)_limbs[high - 2] >> 31) == (sign == 0 ? 0u : 1u)) high--;
        return (low, high);
    }
}
