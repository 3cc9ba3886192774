using System.Runtime.CompilerServices;

namespace Assay.Statistics;

/// <summary>Arguments are checked at the door; what the data cannot answer is an <see cref="Outcome{T}"/> instead.</summary>
internal static class Check
{
    /// <summary>The most units: sums over arms stay inside a long.</summary>
    public const long LargestCount = 1L << 60;

    /// <summary>The largest measured value: its square stays inside a double.</summary>
    public const double LargestValue = 1e150;

    /// <summary>The fewest degrees of freedom.</summary>
    public const double LeastDegreesOfFreedom = 0.01;

    /// <summary>0 ≤ p ≤ 1.</summary>
    public static void Probability(double p, [CallerArgumentExpression(nameof(p))] string? name = null)
    {
        if (!(p is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, p, "A probability is between 0 and 1.");
    }

    /// <summary>1e−300 ≤ α &lt; 1: a smaller level has no quantile that keeps its digits.</summary>
    public static void Level(double alpha, [CallerArgumentExpression(nameof(alpha))] string? name = null)
    {
        if (!(alpha is >= 1e-300 and < 1)) throw new ArgumentOutOfRangeException(name, alpha, "Must lie strictly between 0 and 1, and not below 1e-300.");
    }

    /// <summary>0 &lt; x &lt; ∞.</summary>
    public static void Positive(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(x > 0 && double.IsFinite(x))) throw new ArgumentOutOfRangeException(name, x, "Must be positive and finite.");
    }

    /// <summary>0 ≤ x &lt; ∞.</summary>
    public static void NonNegative(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(x >= 0 && double.IsFinite(x))) throw new ArgumentOutOfRangeException(name, x, "Must be finite and not negative.");
    }

    /// <summary>−∞ &lt; x &lt; ∞.</summary>
    public static void Finite(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!double.IsFinite(x)) throw new ArgumentOutOfRangeException(name, x, "Must be finite.");
    }

    /// <summary>0 ≤ successes ≤ count ≤ 2⁶⁰.</summary>
    public static void Counts(long successes, long count, [CallerArgumentExpression(nameof(successes))] string? name = null, [CallerArgumentExpression(nameof(count))] string? countName = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestCount, countName);
    }

    /// <summary>0 ≤ count ≤ 2⁶⁰.</summary>
    public static void Count(long count, [CallerArgumentExpression(nameof(count))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestCount, name);
    }

    /// <summary>0 ≤ i &lt; length.</summary>
    public static void Index(int i, int length, [CallerArgumentExpression(nameof(i))] string? name = null)
    {
        if ((uint)i >= (uint)length) throw new ArgumentOutOfRangeException(name, i, "There is no such column.");
    }

    /// <summary>−1e150 ≤ x ≤ 1e150.</summary>
    public static void Measured(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(Math.Abs(x) <= LargestValue)) throw new ArgumentOutOfRangeException(name, x, "A measured value is finite and within ±1e150.");
    }

    /// <summary>1e−300 ≤ x ≤ 1e300: a variance whose quotients by others of its kind do not lose all their digits.</summary>
    public static void Spread(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(x is >= 1e-300 and <= 1e300)) throw new ArgumentOutOfRangeException(name, x, "Must be positive, within 1e±300.");
    }

    /// <summary>1 or 2.</summary>
    public static void Sides(int sides, [CallerArgumentExpression(nameof(sides))] string? name = null)
    {
        if (sides is not (1 or 2)) throw new ArgumentOutOfRangeException(name, sides, "1 or 2.");
    }

    /// <summary>1e−150 ≤ x ≤ 1e150.</summary>
    public static void Scale(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(x is >= 1 / LargestValue and <= LargestValue)) throw new ArgumentOutOfRangeException(name, x, "Must be positive, within 1e±150.");
    }

    /// <summary>Not NaN; an infinity is the end of the line.</summary>
    public static void Number(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (double.IsNaN(x)) throw new ArgumentOutOfRangeException(name, x, "Must be a number.");
    }

    /// <summary>1e−9 ≤ x ≤ 1e20, a shape of a beta or a gamma distribution: between one event in all of the world's data and more than any count.</summary>
    public static void Shape(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(x is >= 1e-9 and <= 1e20)) throw new ArgumentOutOfRangeException(name, x, "A shape lies between 1e-9 and 1e20.");
    }

    /// <summary>1e−3 ≤ x ≤ 1e12: a thousandth of a unit of belief to a trillion.</summary>
    public static void Prior(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!(x is >= 1e-3 and <= 1e12)) throw new ArgumentOutOfRangeException(name, x, "The weight of a prior lies between 1e-3 and 1e12.");
    }

    /// <summary>Whether <see cref="Summed"/> lets a number pass.</summary>
    public static bool IsSum(double x) => Math.Abs(x) <= 1e306;

    /// <summary>−1e306 ≤ x ≤ 1e306: a mean or a sum of squares of measured values, with room for a few of its kind.</summary>
    public static void Summed(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (!IsSum(x)) throw new ArgumentOutOfRangeException(name, x, "Must be a number within ±1e306.");
    }

    /// <summary>0.01 ≤ ν ≤ ∞: with fewer, quantiles at common levels leave the range of a double.</summary>
    public static void DegreesOfFreedom(double degreesOfFreedom, [CallerArgumentExpression(nameof(degreesOfFreedom))] string? name = null)
    {
        if (!(degreesOfFreedom >= LeastDegreesOfFreedom)) throw new ArgumentOutOfRangeException(name, degreesOfFreedom, "At least 0.01.");
    }

    /// <summary>A number, a variance that is not negative (NaN where there were too few units) and degrees of freedom from 0.01 on.</summary>
    public static void Estimate(Estimate estimate, [CallerArgumentExpression(nameof(estimate))] string? name = null)
    {
        if (double.IsNaN(estimate.Value) || estimate.Variance < 0 || !(estimate.DegreesOfFreedom >= LeastDegreesOfFreedom))
        {
            throw new ArgumentOutOfRangeException(name, estimate, "An estimate is a number with a variance ≥ 0 and degrees of freedom ≥ 0.01.");
        }
    }

    /// <summary>An estimate that can be added to others without leaving the range of a double: value and variance within 1e300, the variance NaN where there were too few units.</summary>
    public static void Addend(Estimate estimate, [CallerArgumentExpression(nameof(estimate))] string? name = null)
    {
        Estimate(estimate, name);
        if (Math.Abs(estimate.Value) > 1e300 || estimate.Variance > 1e300) throw new ArgumentOutOfRangeException(name, estimate, "Must be finite, within 1e300.");
    }

    /// <summary>A count within range and, from so many units on, a mean that is a number and a sum of squares that is not negative.</summary>
    public static void Moments(Moments moments, [CallerArgumentExpression(nameof(moments))] string? name = null, long from = 2)
    {
        Count(moments.Count, name);
        if (moments.Count < from) return;
        if (double.IsNaN(moments.Mean) || !(moments.SquaredDeviations >= 0)) throw new ArgumentOutOfRangeException(name, moments, "A mean is a number and a sum of squares is not negative.");
    }

    /// <summary>No element is missing.</summary>
    public static void Given<T>(ReadOnlySpan<T> items, [CallerArgumentExpression(nameof(items))] string? name = null)
        where T : class
    {
        foreach (var item in items)
        {
            if (item is null) throw new ArgumentNullException(name, "An element is missing.");
        }
    }

    /// <summary>Why an estimate that passed the door cannot be judged: too few units, an overflow or no variance; null when it can.</summary>
    public static Reason? Refusal(Estimate estimate) =>
        double.IsNaN(estimate.Variance) ? Reason.TooFewUnits
        : double.IsInfinity(estimate.Variance) || double.IsInfinity(estimate.Value) ? Reason.Overflow
        : estimate.Variance > 0 ? null : Reason.NoVariance;
}
