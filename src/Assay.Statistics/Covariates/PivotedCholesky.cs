using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Solves a positive semi-definite system on the correlation scale, leaving out columns that are constant or depend on earlier ones.</summary>
internal static class PivotedCholesky
{
    /// <summary>A column whose squared residual correlation is below this is dependent.</summary>
    private const double Dependent = 1e-9;

    /// <summary>x with A x = b on the independent columns and 0 elsewhere, and their number.</summary>
    public static (ImmutableArray<double> Solution, int Rank) Solve(double[,] matrix, double[] target)
    {
        var k = target.Length;
        var scale = new double[k];
        for (var i = 0; i < k; i++) scale[i] = matrix[i, i] > 0 ? Math.Sqrt(matrix[i, i]) : 0;
        var factor = new double[k, k];
        var residual = new double[k];
        var pivots = new int[k];
        var used = new bool[k];
        for (var i = 0; i < k; i++) residual[i] = scale[i] > 0 ? 1 : 0;
        var rank = 0;
        for (; rank < k; rank++)
        {
            var best = -1;
            for (var i = 0; i < k; i++)
            {
                if (!used[i] && residual[i] > Dependent && (best < 0 || residual[i] > residual[best])) best = i;
            }

            if (best < 0) break;
            pivots[rank] = best;
            used[best] = true;
            var diagonal = Math.Sqrt(residual[best]);
            factor[best, rank] = diagonal;
            for (var i = 0; i < k; i++)
            {
                if (used[i] || scale[i] == 0) continue;
                var sum = matrix[i, best] / scale[i] / scale[best];
                for (var s = 0; s < rank; s++) sum -= factor[i, s] * factor[best, s];
                factor[i, rank] = sum / diagonal;
                residual[i] -= factor[i, rank] * factor[i, rank];
            }
        }

        var forward = new double[rank];
        for (var r = 0; r < rank; r++)
        {
            var sum = target[pivots[r]] / scale[pivots[r]];
            for (var s = 0; s < r; s++) sum -= factor[pivots[r], s] * forward[s];
            forward[r] = sum / factor[pivots[r], r];
        }

        var solution = new double[k];
        for (var r = rank - 1; r >= 0; r--)
        {
            var sum = forward[r];
            for (var s = r + 1; s < rank; s++) sum -= factor[pivots[s], r] * solution[pivots[s]];
            solution[pivots[r]] = sum / factor[pivots[r], r];
        }

        for (var i = 0; i < k; i++) solution[i] = scale[i] > 0 ? solution[i] / scale[i] : 0;
        return ([.. solution], rank);
    }
}
