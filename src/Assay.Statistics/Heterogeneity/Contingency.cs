using System.Numerics;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Independence of rows and columns of a table of counts, without continuity correction (Pearson 1900).</summary>
/// <param name="ChiSquare">Pearson's statistic.</param>
/// <param name="DegreesOfFreedom">(rows − 1)(columns − 1).</param>
/// <param name="PValue">Upper tail of χ².</param>
/// <param name="LikelihoodRatio">G = 2Σ o ln(o/e) (Wilks 1938).</param>
/// <param name="LikelihoodPValue">Its upper tail.</param>
/// <param name="CramersV">√(χ² ÷ (N·min(rows − 1, columns − 1))) (Cramér 1946).</param>
/// <param name="MinimumExpected">The smallest expected count.</param>
public sealed record Contingency(
    double ChiSquare, int DegreesOfFreedom, double PValue, double LikelihoodRatio, double LikelihoodPValue, double CramersV, double MinimumExpected)
{
    /// <summary>For a rectangular table; undetermined when a row or a column is empty.</summary>
    /// <param name="table">Counts ≥ 0, at least two rows of at least two columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer rows or columns, rows of unequal length, or a negative count.</exception>
    public static Outcome<Contingency> Of(params ReadOnlySpan<long[]> table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Length, 2, nameof(table));
        Check.Given(table);
        var columns = table[0].Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2, nameof(table));
        var byRow = new double[table.Length];
        var byColumn = new double[columns];
        double total = 0;
        for (var i = 0; i < table.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(table[i].Length, columns, nameof(table));
            for (var j = 0; j < columns; j++)
            {
                Check.Count(table[i][j], nameof(table));
                byRow[i] += table[i][j];
                byColumn[j] += table[i][j];
                total += table[i][j];
            }
        }

        if (byRow.Contains(0) || byColumn.Contains(0)) return Reason.NoUnits;
        double chiSquare = 0, ratio = 0, least = double.PositiveInfinity;
        for (var i = 0; i < table.Length; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var expected = byRow[i] * (byColumn[j] / total);
                // o − e = (oN − rc)/N with both products exact.
                var product = byRow[i] * byColumn[j];
                var deviation = (Math.FusedMultiplyAdd(table[i][j], total, -product) - Math.FusedMultiplyAdd(byRow[i], byColumn[j], -product)) / total / expected;
                chiSquare += expected * deviation * deviation;
                // o ln(o/e) less its linear part, which sums to zero over the table.
                ratio += 2 * expected * (table[i][j] == 0 || deviation <= -1 ? 1 : ((1 + deviation) * Elementary.LogOnePlusLess(deviation)) + (deviation * deviation));
                least = Math.Min(least, expected);
            }
        }

        var degrees = (table.Length - 1) * (columns - 1);
        var v = Math.Sqrt(chiSquare / (total * Math.Min(table.Length - 1, columns - 1)));
        return new Contingency(chiSquare, degrees, ChiSquared.Survival(chiSquare, degrees), ratio, ChiSquared.Survival(Math.Max(0, ratio), degrees), v, least);
    }

    /// <summary>Cochran–Armitage z for a trend of the second row's share over columns scored 0, 1, 2, … (Cochran 1954; Armitage 1955; variance with N), from sums in whole numbers.</summary>
    /// <param name="first">Counts without the outcome, one a column.</param>
    /// <param name="second">Counts with it.</param>
    /// <returns>z, positive when the share of the second row rises; <see cref="Reason.NoUnits"/> without units, <see cref="Reason.NoVariance"/> when one row or all columns but one are empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Rows of unequal length, or a count outside 0…2⁶⁰.</exception>
    public static Outcome<double> Trend(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        BigInteger n = 0, x = 0, sumScore = 0, sumSquare = 0, weighted = 0;
        for (var j = 0; j < first.Length; j++)
        {
            Check.Count(first[j], nameof(first));
            Check.Count(second[j], nameof(second));
            BigInteger count = (BigInteger)first[j] + second[j], score = j;
            n += count;
            x += second[j];
            sumScore += score * count;
            sumSquare += score * score * count;
            weighted += score * second[j];
        }

        if (n == 0) return Reason.NoUnits;
        double share = (double)x / (double)n, variance = (double)n * share * ((double)(n - x) / (double)n) * (double)((n * sumSquare) - (sumScore * sumScore));
        return variance > 0 ? (double)((n * weighted) - (x * sumScore)) / Math.Sqrt(variance) : Reason.NoVariance;
    }
}
