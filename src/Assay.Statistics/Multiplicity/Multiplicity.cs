using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Adjusted p-values of a family of tests, in input order: reject where the adjusted value is ≤ α.</summary>
/// <remarks>Every function takes the p-values of a family that was named before the data, each in [0, 1] or <see cref="ArgumentOutOfRangeException"/> is thrown; m is their number.</remarks>
public static partial class Multiplicity
{
    /// <summary>min(1, m·p): family-wise error under any dependence (Bonferroni 1936).</summary>
    public static ImmutableArray<double> Bonferroni(ReadOnlySpan<double> pValues)
    {
        _ = Order(pValues);
        var adjusted = new double[pValues.Length];
        for (var i = 0; i < adjusted.Length; i++) adjusted[i] = Math.Min(1, pValues.Length * pValues[i]);
        return [.. adjusted];
    }

    /// <summary>Running maximum of (m − i + 1)·p₍ᵢ₎: family-wise error under any dependence (Holm 1979).</summary>
    public static ImmutableArray<double> Holm(ReadOnlySpan<double> pValues) => StepDown(pValues, static (p, left) => left * p);

    /// <summary>The 0-based step at which Holm's procedure meets each hypothesis: its level is α ÷ (m − rank) (Holm 1979).</summary>
    /// <returns>Ranks in input order; ties go to the earlier.</returns>
    public static ImmutableArray<int> HolmRanks(ReadOnlySpan<double> pValues)
    {
        var order = Order(pValues);
        var ranks = new int[order.Length];
        for (var step = 0; step < order.Length; step++) ranks[order[step]] = step;
        return [.. ranks];
    }

    /// <summary>Running minimum from the top of m·p₍ᵢ₎/i: false discovery rate (Benjamini &amp; Hochberg 1995).</summary>
    public static ImmutableArray<double> BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        var count = pValues.Length;
        return StepUp(pValues, (p, rank) => p * count / rank);
    }

    /// <summary>Indices from the smallest p-value to the largest, ties in input order.</summary>
    private static int[] Order(ReadOnlySpan<double> pValues)
    {
        var values = pValues.ToArray();
        foreach (var p in values) Check.Probability(p, nameof(pValues));
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => values[a] != values[b] ? values[a].CompareTo(values[b]) : a.CompareTo(b));
        return order;
    }

    private static ImmutableArray<double> StepDown(ReadOnlySpan<double> pValues, Func<double, int, double> adjust)
    {
        var order = Order(pValues);
        var adjusted = new double[order.Length];
        double running = 0;
        for (var step = 0; step < order.Length; step++)
        {
            running = Math.Max(running, adjust(pValues[order[step]], order.Length - step));
            adjusted[order[step]] = Math.Min(1, running);
        }

        return [.. adjusted];
    }

    private static ImmutableArray<double> StepUp(ReadOnlySpan<double> pValues, Func<double, int, double> adjust)
    {
        var order = Order(pValues);
        var adjusted = new double[order.Length];
        double running = 1;
        for (var step = order.Length - 1; step >= 0; step--)
        {
            running = Math.Min(running, adjust(pValues[order[step]], step + 1));
            adjusted[order[step]] = running;
        }

        return [.. adjusted];
    }
}
