using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Holm's correction of a family with the level that each hypothesis' interval is drawn at.</summary>
internal static class HolmLevels
{
    /// <summary>Adjusted p-values, and levels such that an interval at its level excludes 0 exactly when its adjusted p-value is at most α.</summary>
    /// <remarks>
    /// Holm meets the i-th smallest p-value at α ÷ (m − i) and stops at the first it cannot reject. Up to there a hypothesis' own level is right. From there on nothing is
    /// rejected, whatever a p-value says at the laxer level of its own rank, so every later interval takes the level of the step that stopped: its p-value is at least
    /// that of the stopping step, hence above that level. Equal p-values take the level of the first of them, so that naming arms in another order changes nothing.
    /// </remarks>
    public static (ImmutableArray<double> Adjusted, ImmutableArray<double> Levels) Of(ReadOnlySpan<double> pValues, double alpha)
    {
        var count = pValues.Length;
        var sorted = pValues.ToArray();
        Array.Sort(sorted);
        var stop = 0;
        while (stop < count && (count - stop) * sorted[stop] <= alpha) stop++;
        var levels = ImmutableArray.CreateBuilder<double>(count);
        foreach (var p in pValues) levels.Add(alpha / (count - Math.Min(First(sorted, p), Math.Min(stop, count - 1))));
        return (Multiplicity.Holm(pValues), levels.MoveToImmutable());
    }

    private static int First(double[] sorted, double p)
    {
        var rank = 0;
        while (sorted[rank] < p) rank++;
        return rank;
    }
}
