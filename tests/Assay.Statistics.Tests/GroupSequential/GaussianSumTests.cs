using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class GaussianSumTests
{
    [Fact]
    public void Four_at_a_time_is_one_at_a_time() =>
        Gen.Select(Gen.Double[-30, 30], Gen.Double[0.05, 3], Gen.Select(Gen.Double[-30, 30], Gen.Double[0, 1]).Array[0, 37]).Sample((s, deviation, drawn) =>
        {
            var points = drawn[..(drawn.Length & ~3)];
            double[] places = [.. points.Select(point => point.Item1)], masses = [.. points.Select(point => point.Item2)];
            // An exponent of −700 is off by its own last digits, 2e-13, in either way of reckoning; terms of less than 1e-300 may be that instead of nothing.
            var expected = points.Sum(point => point.Item2 * Math.Exp(-0.5 * ((s - point.Item1) / deviation) * ((s - point.Item1) / deviation)));
            return Math.Abs(GaussianSum.At(s, deviation, places, masses) - expected) <= (1e-12 * expected) + 1e-300;
        });
}
