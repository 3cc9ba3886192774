using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

public static partial class Multiplicity
{
    /// <summary>1 − (1 − p)ᵐ: family-wise error for independent tests (Šidák 1967).</summary>
    public static ImmutableArray<double> Sidak(ReadOnlySpan<double> pValues)
    {
        _ = Order(pValues);
        var adjusted = new double[pValues.Length];
        for (var i = 0; i < adjusted.Length; i++) adjusted[i] = AnyOf(pValues[i], pValues.Length);
        return [.. adjusted];
    }

    /// <summary>Running maximum of 1 − (1 − p₍ᵢ₎)ᵐ⁻ⁱ⁺¹: Holm's steps with Šidák's bound (Holland &amp; Copenhaver 1987).</summary>
    public static ImmutableArray<double> HolmSidak(ReadOnlySpan<double> pValues) => StepDown(pValues, AnyOf);

    /// <summary>Running minimum from the top of (m − i + 1)·p₍ᵢ₎, for positively dependent tests (Hochberg 1988).</summary>
    public static ImmutableArray<double> Hochberg(ReadOnlySpan<double> pValues)
    {
        var count = pValues.Length;
        return StepUp(pValues, (p, rank) => p * (count - rank + 1));
    }

    /// <summary>Hommel's procedure (1988): closed testing by Simes' test, for positively dependent tests.</summary>
    public static ImmutableArray<double> Hommel(ReadOnlySpan<double> pValues)
    {
        var order = Order(pValues);
        var count = order.Length;
        var sorted = new double[count];
        for (var i = 0; i < count; i++) sorted[i] = pValues[order[i]];
        var adjusted = new double[count];
        for (var size = count; size >= 2; size--)
        {
            // Simes' bound over the `size` largest p-values, the smallest of which may be replaced by the one in question.
            var first = count - size;
            var bound = double.PositiveInfinity;
            for (var k = 1; k < size; k++) bound = Math.Min(bound, size * sorted[first + k] / (k + 1));
            for (var i = 0; i < count; i++) adjusted[i] = Math.Max(adjusted[i], Math.Min(bound, size * sorted[Math.Min(i, first)]));
        }

        var result = new double[count];
        for (var i = 0; i < count; i++) result[order[i]] = Math.Min(1, Math.Max(adjusted[i], sorted[i]));
        return [.. result];
    }

    /// <summary>Benjamini–Hochberg times Σ 1/j: false discovery rate under any dependence (Benjamini &amp; Yekutieli 2001).</summary>
    public static ImmutableArray<double> BenjaminiYekutieli(ReadOnlySpan<double> pValues)
    {
        var count = pValues.Length;
        double harmonic = 0;
        for (var j = 1; j <= count; j++) harmonic += 1.0 / j;
        return StepUp(pValues, (p, rank) => p * count * harmonic / rank);
    }

    private static double AnyOf(double p, int tests) => p == 1 ? 1 : -Elementary.ExpMinusOne(tests * Elementary.LogOnePlus(-p));
}
