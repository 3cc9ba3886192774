using System.Runtime.CompilerServices;

namespace Assay.Statistics;

/// <summary>Arguments are checked at the door; what the data cannot answer is an <see cref="Outcome{T}"/> instead.</summary>
internal static class Check
{
    /// <summary>The most units: sums over arms stay inside a long.</summary>
    public const long LargestCount = 1L << 60;

    /// <summary>The largest measured value: its square stays inside a double.</summary>
    public const double LargestValue = 1e150;

    /// <summary>0 ≤ p ≤ 1.</summary>
    public static void Probability(double p, [CallerArgumentExpression(nameof(p))] string? name = null)
    {
        if (!(p is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, p, "A probability is between 0 and 1.");
    }

    /// <summary>0 &lt; α &lt; 1.</summary>
    public static void Level(double alpha, [CallerArgumentExpression(nameof(alpha))] string? name = null)
    {
        if (!(alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(name, alpha, "Must lie strictly between 0 and 1.");
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

    /// <summary>0 &lt; ν ≤ ∞.</summary>
    public static void DegreesOfFreedom(double degreesOfFreedom, [CallerArgumentExpression(nameof(degreesOfFreedom))] string? name = null)
    {
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(name, degreesOfFreedom, "Must be positive.");
    }

    /// <summary>A number, a variance that is not negative (NaN where there were too few units) and positive degrees of freedom.</summary>
    public static void Estimate(Estimate estimate, [CallerArgumentExpression(nameof(estimate))] string? name = null)
    {
        if (double.IsNaN(estimate.Value) || estimate.Variance < 0 || !(estimate.DegreesOfFreedom > 0))
        {
            throw new ArgumentOutOfRangeException(name, estimate, "An estimate is a number with a variance ≥ 0 and degrees of freedom > 0.");
        }
    }

    /// <summary>Why an estimate that passed the door cannot be judged: too few units, an overflow or no variance; null when it can.</summary>
    public static Reason? Refusal(Estimate estimate) =>
        double.IsNaN(estimate.Variance) ? Reason.TooFewUnits
        : double.IsInfinity(estimate.Variance) || double.IsInfinity(estimate.Value) ? Reason.Overflow
        : estimate.Variance > 0 ? null : Reason.NoVariance;
}
