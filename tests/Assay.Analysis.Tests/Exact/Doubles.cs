using CsCheck;

namespace Assay.Analysis.Tests.Exact;

/// <summary>Doubles that break sums: every exponent, subnormals, zeros of both signs, neighbours of powers of two, ordinary money.</summary>
internal static class Doubles
{
    public static Gen<double> Any { get; } = Gen.OneOf(
        Gen.Const(0.0),
        Gen.Const(-0.0),
        Gen.Const(double.Epsilon),
        Gen.Const(-double.MaxValue),
        Gen.Int[-1, 1].Select(small => (double)small),
        Gen.Select(Gen.Int[-1074, 1023], Gen.Int[-1, 1], (power, step) => Math.BitIncrement(Math.ScaleB(1, power)) * (step == 0 ? 1 : step)),
        Gen.Select(Gen.Int[-1074, 1023], Gen.Bool, (power, negative) => Math.ScaleB(negative ? -1 : 1, power)),
        Gen.Int[-1_000_000, 1_000_000].Select(cents => cents / 100.0),
        Gen.ULong.Select(bits => BitConverter.UInt64BitsToDouble(bits)).Where(double.IsFinite));

    /// <summary>Within the range that the wire accepts, so that squares and cubes stay finite.</summary>
    public static Gen<double> Accepted { get; } = Any.Where(value => Math.Abs(value) <= 1e15);

}
