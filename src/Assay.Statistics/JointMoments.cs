using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Count, means and centred sums of products of several columns.</summary>
public sealed class JointMoments
{
    private readonly ImmutableArray<double> _scatter;

    /// <summary>Moments given their parts.</summary>
    /// <param name="count">Units.</param>
    /// <param name="means">One mean a column.</param>
    /// <param name="scatter">Upper triangle, row by row, of Σ(x − x̄)(y − ȳ).</param>
    public JointMoments(long count, ImmutableArray<double> means, ImmutableArray<double> scatter)
    {
        Count = count;
        Means = means;
        _scatter = scatter;
    }

    /// <summary>Units.</summary>
    public long Count { get; }

    /// <summary>One mean a column.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>Number of columns.</summary>
    public int Columns => Means.Length;

    /// <summary>Σ(x − x̄)(y − ȳ) of two columns.</summary>
    public double Scatter(int i, int j) => i <= j ? _scatter[(i * Columns) - (i * (i - 1) / 2) + (j - i)] : Scatter(j, i);

    /// <summary>One column alone.</summary>
    public Moments Column(int i) => new(Count, Means[i], Scatter(i, i));
}
