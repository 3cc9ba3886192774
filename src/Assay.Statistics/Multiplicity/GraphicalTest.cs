using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Gatekeeping by a graph of hypotheses (Bretz, Maurer, Brannath &amp; Posch 2009): fixed sequences, fallbacks, parallel gates and Holm are graphs.</summary>
public static class GraphicalTest
{
    /// <summary>Adjusted p-values: the smallest level at which each hypothesis is rejected.</summary>
    /// <param name="weights">Share of the level of each hypothesis, summing to at most 1.</param>
    /// <param name="transitions">Row i: where the level of i goes when it is rejected; zero diagonal, rows summing to at most 1.</param>
    /// <param name="pValues">One p-value a hypothesis, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">Unequal lengths, a p-value or a share outside [0, 1], shares that sum to more than 1, or a diagonal other than 0.</exception>
    public static ImmutableArray<double> AdjustedPValues(ReadOnlySpan<double> weights, ReadOnlySpan<double[]> transitions, ReadOnlySpan<double> pValues)
    {
        var count = pValues.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, count, nameof(weights));
        Shares(weights, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfNotEqual(transitions.Length, count, nameof(transitions));
        Check.Given(transitions);
        var w = weights.ToArray();
        var g = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            Check.Probability(pValues[i], nameof(pValues));
            ArgumentOutOfRangeException.ThrowIfNotEqual(transitions[i].Length, count, nameof(transitions));
            Shares(transitions[i], nameof(transitions));
            if (transitions[i][i] != 0) throw new ArgumentOutOfRangeException(nameof(transitions), "A hypothesis passes nothing on to itself.");
            for (var j = 0; j < count; j++) g[i, j] = transitions[i][j];
        }

        var adjusted = new double[count];
        var open = new bool[count];
        Array.Fill(adjusted, 1);
        Array.Fill(open, true);
        double running = 0;
        for (var step = 0; step < count; step++)
        {
            var next = -1;
            var best = double.PositiveInfinity;
            for (var i = 0; i < count; i++)
            {
                var level = w[i] > 0 ? pValues[i] / w[i] : double.PositiveInfinity;
                if (open[i] && level < best) (next, best) = (i, level);
            }

            if (next < 0) break;
            running = Math.Max(running, best);
            adjusted[next] = Math.Min(1, running);
            open[next] = false;
            Remove(next, w, g, open);
        }

        return [.. adjusted];
    }

    private static void Shares(ReadOnlySpan<double> shares, string name)
    {
        double sum = 0;
        foreach (var share in shares)
        {
            Check.Probability(share, name);
            sum += share;
        }

        if (sum > 1 + 1e-9) throw new ArgumentOutOfRangeException(name, sum, "Shares sum to at most 1.");
    }

    private static void Remove(int gone, double[] w, double[,] g, bool[] open)
    {
        var old = (double[,])g.Clone();
        for (var l = 0; l < w.Length; l++)
        {
            if (!open[l]) continue;
            w[l] += w[gone] * old[gone, l];
            for (var m = 0; m < w.Length; m++)
            {
                if (!open[m] || m == l) continue;
                var loop = old[l, gone] * old[gone, l];
                g[l, m] = loop < 1 ? (old[l, m] + (old[l, gone] * old[gone, m])) / (1 - loop) : 0;
            }
        }
    }
}
