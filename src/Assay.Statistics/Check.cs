using System.Runtime.CompilerServices;

namespace Assay.Statistics;

/// <summary>Arguments are checked at the door; what the data cannot answer is an <see cref="Outcome{T}"/> instead.</summary>
internal static class Check
{
    /// <summary>0 ≤ p ≤ 1.</summary>
    public static void Probability(double p, [CallerArgumentExpression(nameof(p))] string? name = null)
    {
        if (!(p is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, p, "A probability is between 0 and 1.");
    }

    /// <summary>0 &lt; α &lt; 1.</summary>
    public static void Level(double alpha, [CallerArgumentExpression(nameof(alpha))] string? name = null)
    {
        if (!(alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(name, alpha, "A level is strictly between 0 and 1.");
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

    /// <summary>0 ≤ successes ≤ count.</summary>
    public static void Counts(long successes, long count, [CallerArgumentExpression(nameof(successes))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count, name);
    }
}
