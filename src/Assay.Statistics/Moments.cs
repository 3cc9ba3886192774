using System.Numerics;

namespace Assay.Statistics;

/// <summary>Count, mean and centred sum of squares of a sample: all that a comparison of means needs, and mergeable without loss.</summary>
/// <param name="Count">Number of units, ≥ 0.</param>
/// <param name="Mean">Sample mean; 0 when there are no units.</param>
/// <param name="SquaredDeviations">Σ(y − ȳ)², ≥ 0; +∞ beyond a double.</param>
/// <remarks>Merging follows Chan, Golub &amp; LeVeque (1983): M₂ = M₂ₐ + M₂ᵦ + δ² nₐ nᵦ ÷ n. Raw sums of squares lose the variance at large means and are never kept.</remarks>
public readonly record struct Moments(long Count, double Mean, double SquaredDeviations)
    : IAdditionOperators<Moments, Moments, Moments>, IAdditiveIdentity<Moments, Moments>
{
    /// <summary>No units.</summary>
    public static Moments AdditiveIdentity => default;

    /// <summary>Sample variance with n − 1, or <see cref="double.NaN"/> below two units; infinite with its sum.</summary>
    public double Variance => Count < 2 ? double.NaN : SquaredDeviations / (Count - 1);

    /// <summary>Moments of a sample in two passes: a mean, then the deviations from it and what rounding left in their sum (Chan, Golub &amp; LeVeque 1983, eq. 1.7).</summary>
    /// <param name="values">One value a unit; none gives no units.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not finite or beyond ±1e150.</exception>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        double mean = 0, rest = 0, squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            Check.Measured(values[i], nameof(values));
            mean += (values[i] - mean) / (i + 1);
        }

        foreach (var value in values)
        {
            var deviation = value - mean;
            rest += deviation;
            squares += deviation * deviation;
        }

        return values.IsEmpty ? default : new Moments(values.Length, mean + (rest / values.Length), Math.Max(0, squares - (rest / values.Length * rest)));
    }

    /// <summary>Moments of a 0/1 sample given its counts: mean x/n, M₂ = x(n − x)/n (by definition).</summary>
    /// <param name="successes">Units with the value 1, between 0 and <paramref name="count"/>.</param>
    /// <param name="count">All units, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Either count is negative, or there are more successes than units.</exception>
    public static Moments OfProportion(long successes, long count)
    {
        Check.Counts(successes, count);
        return count == 0 ? default : new Moments(count, (double)successes / count, (double)successes * (count - successes) / count);
    }

    /// <summary>Moments of the two samples taken together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count outside 0…2⁶⁰, a mean that is not a number within ±1e306, or a negative sum of squares.</exception>
    public static Moments operator +(Moments left, Moments right)
    {
        Check.Moments(left, from: 0);
        Check.Moments(right, from: 0);
        Check.Summed(left.Mean, nameof(left));
        Check.Summed(right.Mean, nameof(right));
        if (left.Count == 0) return right;
        if (right.Count == 0) return left;
        var count = left.Count + right.Count;
        var delta = right.Mean - left.Mean;
        var moved = delta * right.Count;
        return new Moments(
            count,
            left.Mean + (double.IsFinite(moved) ? moved / count : delta * ((double)right.Count / count)),
            left.SquaredDeviations + right.SquaredDeviations + (delta * delta * ((double)left.Count * right.Count / count)));
    }
}
