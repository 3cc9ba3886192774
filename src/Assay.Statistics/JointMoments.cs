using System.Collections.Immutable;
using System.Numerics;

namespace Assay.Statistics;

/// <summary>Count, means and centred sums of products of several columns measured on the same units: what ratios and covariate adjustment need.</summary>
/// <remarks>Merging follows Chan, Golub &amp; LeVeque (1983) in each pair: Sᵢⱼ = Sᵢⱼ,ₐ + Sᵢⱼ,ᵦ + δᵢδⱼ nₐ nᵦ ÷ n.</remarks>
public sealed class JointMoments : IEquatable<JointMoments>, IAdditionOperators<JointMoments, JointMoments, JointMoments>
{
    /// <summary>The most columns an instance may have.</summary>
    public const int MaximumColumns = 8;

    private readonly ImmutableArray<double> _scatter;

    /// <summary>Moments given as they are kept.</summary>
    /// <param name="count">Number of units, ≥ 0.</param>
    /// <param name="means">Mean of each column, at most eight.</param>
    /// <param name="scatter">Centred sums of products Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ): the upper triangle, row by row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count below 0, no column or more than eight, a triangle of the wrong size, a mean or a sum that is not a number within ±1e306, or a negative sum of squares.</exception>
    public JointMoments(long count, ImmutableArray<double> means, ImmutableArray<double> scatter)
    {
        Check.Count(count);
        if (means.IsDefaultOrEmpty || means.Length > MaximumColumns) throw new ArgumentOutOfRangeException(nameof(means), "Between one and eight columns.");
        if (scatter.IsDefault || scatter.Length != Triangle(means.Length)) throw new ArgumentOutOfRangeException(nameof(scatter), "k columns have k(k + 1)/2 sums of products.");
        foreach (var mean in means) Check.Summed(mean, nameof(means));
        foreach (var product in scatter) Check.Summed(product, nameof(scatter));
        Count = count;
        Means = means;
        _scatter = scatter;
        for (var i = 0; i < Columns; i++) ArgumentOutOfRangeException.ThrowIfNegative(Scatter(i, i), nameof(scatter));
    }

    /// <summary>A merger of moments that passed the door: its count may be their sum.</summary>
    private JointMoments((long Count, double[] Means, double[] Scatter) merged) => (Count, Means, _scatter) = (merged.Count, [.. merged.Means], [.. merged.Scatter]);

    /// <summary>Number of units.</summary>
    public long Count { get; }

    /// <summary>Number of columns.</summary>
    public int Columns => Means.Length;

    /// <summary>Mean of each column.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>The upper triangle of centred sums of products, row by row.</summary>
    public ImmutableArray<double> ScatterTriangle => _scatter;

    /// <summary>Moments of rows, one a unit, each with one value a column, in two passes as <see cref="Moments.Of"/> (Chan, Golub &amp; LeVeque 1983, eq. 1.7).</summary>
    /// <param name="rows">At least one row; all of one length between one and eight.</param>
    /// <exception cref="ArgumentOutOfRangeException">No row, rows of unequal length, or a value that is not finite or beyond ±1e150.</exception>
    public static JointMoments Of(params ReadOnlySpan<double[]> rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        Check.Given(rows);
        var columns = rows[0].Length;
        if (columns is < 1 or > MaximumColumns) throw new ArgumentOutOfRangeException(nameof(rows), columns, "Between one and eight columns.");
        double[] means = new double[columns], rest = new double[columns], deviation = new double[columns], scatter = new double[Triangle(columns)];
        for (var n = 0; n < rows.Length; n++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(rows[n].Length, columns, nameof(rows));
            for (var i = 0; i < columns; i++)
            {
                Check.Measured(rows[n][i], nameof(rows));
                means[i] += (rows[n][i] - means[i]) / (n + 1);
            }
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < columns; i++) rest[i] += deviation[i] = row[i] - means[i];
            for (int i = 0, at = 0; i < columns; i++)
            {
                for (var j = i; j < columns; j++) scatter[at++] += deviation[i] * deviation[j];
            }
        }

        for (int i = 0, at = 0; i < columns; i++)
        {
            for (var j = i; j < columns; j++, at++) scatter[at] -= rest[i] / rows.Length * rest[j];
            scatter[at - columns + i] = Math.Max(0, scatter[at - columns + i]);
            means[i] += rest[i] / rows.Length;
        }

        return new JointMoments(rows.Length, [.. means], [.. scatter]);
    }

    /// <summary>Moments of columns of equal length, one value a unit (the same numbers as <see cref="Of"/>).</summary>
    /// <param name="columns">Between one and eight columns; column i becomes index i.</param>
    /// <exception cref="ArgumentOutOfRangeException">No column, more than eight, or columns of unequal length.</exception>
    public static JointMoments OfColumns(params ReadOnlySpan<double[]> columns)
    {
        ArgumentOutOfRangeException.ThrowIfZero(columns.Length, nameof(columns));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns.Length, MaximumColumns, nameof(columns));
        Check.Given(columns);
        foreach (var column in columns)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(column.Length, columns[0].Length, nameof(columns));
            foreach (var value in column) Check.Measured(value, nameof(columns));
        }

        var rows = new double[columns[0].Length][];
        for (var n = 0; n < rows.Length; n++)
        {
            rows[n] = new double[columns.Length];
            for (var i = 0; i < columns.Length; i++) rows[n][i] = columns[i][n];
        }

        return rows.Length == 0 ? Empty(columns.Length) : Of(rows);
    }

    /// <summary>No units, in so many columns.</summary>
    /// <param name="columns">Between one and eight.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of columns.</exception>
    public static JointMoments Empty(int columns)
    {
        if (columns is < 1 or > MaximumColumns) throw new ArgumentOutOfRangeException(nameof(columns), columns, "Between one and eight columns.");
        return new JointMoments(0, [.. new double[columns]], [.. new double[Triangle(columns)]]);
    }

    /// <summary>Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ), symmetric in its columns.</summary>
    /// <param name="i">A column, from 0.</param>
    /// <param name="j">A column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such column.</exception>
    public double Scatter(int i, int j)
    {
        Check.Index(i, Columns);
        Check.Index(j, Columns);
        var (row, column) = i <= j ? (i, j) : (j, i);
        return _scatter[(row * Columns) - (row * (row - 1) / 2) + column - row];
    }

    /// <summary>Sample covariance with n − 1, or <see cref="double.NaN"/> below two units; the variance for equal columns.</summary>
    /// <param name="i">A column, from 0.</param>
    /// <param name="j">A column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such column.</exception>
    public double Covariance(int i, int j)
    {
        var products = Scatter(i, j);
        return Count < 2 ? double.NaN : products / (Count - 1);
    }

    /// <summary>Moments of one column alone.</summary>
    /// <param name="i">A column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such column.</exception>
    public Moments Column(int i)
    {
        var squares = Scatter(i, i);
        return new(Count, Means[i], squares);
    }

    /// <summary>Moments of the two samples taken together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples have different columns, a count beyond 2⁶⁰, or sums together beyond a double.</exception>
    public static JointMoments operator +(JointMoments left, JointMoments right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Columns, left.Columns, nameof(right));
        // A sum of sums could leave the range of a long.
        Check.Count(left.Count, nameof(left));
        Check.Count(right.Count, nameof(right));
        if (left.Count == 0) return right;
        if (right.Count == 0) return left;
        var count = left.Count + right.Count;
        var weight = (double)left.Count * right.Count / count;
        var means = new double[left.Columns];
        var scatter = new double[left._scatter.Length];
        for (int i = 0, at = 0; i < means.Length; i++)
        {
            var delta = right.Means[i] - left.Means[i];
            means[i] = left.Means[i] + (delta * right.Count / count);
            for (var j = i; j < means.Length; j++, at++)
            {
                scatter[at] = left._scatter[at] + right._scatter[at] + (delta * (right.Means[j] - left.Means[j]) * weight);
            }
        }

        foreach (var product in scatter)
        {
            if (!double.IsFinite(product)) throw new ArgumentOutOfRangeException(nameof(right), "The sums of products of both together are beyond a double.");
        }

        return new JointMoments((count, means, scatter));
    }

    /// <inheritdoc/>
    public bool Equals(JointMoments? other) =>
        other is not null && Count == other.Count && Means.AsSpan().SequenceEqual(other.Means.AsSpan()) && _scatter.AsSpan().SequenceEqual(other._scatter.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JointMoments);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Count);
        foreach (var mean in Means) hash.Add(mean);
        foreach (var product in _scatter) hash.Add(product);
        return hash.ToHashCode();
    }

    private static int Triangle(int columns) => columns * (columns + 1) / 2;
}
