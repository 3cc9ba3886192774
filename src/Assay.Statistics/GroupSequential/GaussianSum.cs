using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Σ mⱼ·exp(−½((s − uⱼ)/σ)²), four terms at a time.</summary>
/// <remarks>Multiplications and additions of doubles in one order on every machine, so the digits are the same with and without vector instructions.</remarks>
internal static class GaussianSum
{
    /// <summary>Adding and taking off 1.5·2⁵² rounds to a whole number, which its last bits then hold.</summary>
    private const double Whole = 6755399441055744.0;
    private const double LogTwoE = 1.4426950408889634;

    /// <summary>ln 2 in two parts, the first with zeros at its end.</summary>
    private const double LnTwoHigh = 0.693147180369123816490;
    private const double LnTwoLow = 1.90821492927058770002e-10;

    /// <summary>exp of less than this is no normal double.</summary>
    private const double Least = -708;

    /// <summary>1/k! for k = 13…0, the exponential on ±½ ln 2.</summary>
    private static readonly double[] Taylor = [1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1];

    /// <summary>The sum over points u with masses m, as many of each and a multiple of four.</summary>
    public static double At(double s, double deviation, ReadOnlySpan<double> points, ReadOnlySpan<double> masses)
    {
        var inverse = Vector256.Create(1 / deviation);
        var centre = Vector256.Create(s);
        var sum = Vector256<double>.Zero;
        ReadOnlySpan<Vector256<double>> fourPoints = MemoryMarshal.Cast<double, Vector256<double>>(points), fourMasses = MemoryMarshal.Cast<double, Vector256<double>>(masses);
        for (var i = 0; i < fourPoints.Length; i++) sum += fourMasses[i] * Bell((centre - fourPoints[i]) * inverse);
        return FourLanes.Sum(sum);
    }

    /// <summary>exp(−½z²).</summary>
    private static Vector256<double> Bell(Vector256<double> z)
    {
        var x = Vector256.Max(z * z * Vector256.Create(-0.5), Vector256.Create(Least));
        var shifted = (x * Vector256.Create(LogTwoE)) + Vector256.Create(Whole);
        var power = shifted - Vector256.Create(Whole);
        var rest = x - (power * Vector256.Create(LnTwoHigh)) - (power * Vector256.Create(LnTwoLow));
        var value = Vector256.Create(Taylor[0]);
        for (var k = 1; k < 14; k++) value = (value * rest) + Vector256.Create(Taylor[k]);
        return value * (Vector256.ShiftLeft(shifted.AsInt64(), 52) + Vector256.Create(1023L << 52)).AsDouble();
    }
}
