using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Assay.Statistics;

/// <summary>The rules that information fractions obey.</summary>
internal static class InformationFractions
{
    /// <summary>Looks closer than this are one look: the later is skipped and spends nothing.</summary>
    public const double Nearest = 1e-5;

    /// <summary>The most looks of a design.</summary>
    public const int Most = 1_000;

    /// <summary>Looks whose information differs by less than this part of it need more nodes than there is room for.</summary>
    private const double NearestPart = 1e-6;

    private const string Together = "Looks lie at least a millionth of their information apart.";

    /// <summary>Given at all, before <see cref="Check"/>.</summary>
    public static ReadOnlySpan<double> Given(ImmutableArray<double> values, string name) =>
        values.IsDefaultOrEmpty ? throw new ArgumentOutOfRangeException(name, "At least one look.") : values.AsSpan();

    /// <summary>Between 1 and <see cref="Most"/>.</summary>
    public static void Looks(int looks)
    {
        if (looks is < 1 or > Most) throw new ArgumentOutOfRangeException(nameof(looks), looks, "Between 1 and 1,000 looks.");
    }

    /// <summary>1e−30 ≤ α &lt; 1: the constant of a design at a smaller level is beyond the reach of the recursion.</summary>
    public static void Level(double alpha, [CallerArgumentExpression(nameof(alpha))] string? name = null)
    {
        if (!(alpha is >= 1e-30 and < 1)) throw new ArgumentOutOfRangeException(name, alpha, "The level of a design lies strictly between 0 and 1, and not below 1e-30.");
    }

    /// <summary>One height a look, positive and within a factor of a million of each other.</summary>
    public static void Shape(ImmutableArray<double> shape, int looks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shape.IsDefault ? 0 : shape.Length, looks, nameof(shape));
        foreach (var height in shape) Statistics.Check.Scale(height, nameof(shape));
        if (shape.Max() / shape.Min() > 1e6) throw new ArgumentOutOfRangeException(nameof(shape), "Heights lie within a factor of a million of each other.");
    }

    /// <summary>A test whose bounds can be walked: as many as looks, in order, and none of a two-sided test below 0.</summary>
    public static void Walkable(Boundaries bounds, [CallerArgumentExpression(nameof(bounds))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(bounds, name);
        Check(Given(bounds.Fractions, name!), name);
        Bounds(Given(bounds.Z, name!), bounds.Fractions.Length, name!);
        Statistics.Check.Sides(bounds.Sides, name);
        if (bounds.Sides == 2 && bounds.Z.Min() < 0) throw new ArgumentOutOfRangeException(name, bounds, "A bound of a two-sided test is not negative.");
        Walked(bounds.Fractions.AsSpan(), bounds.Lower.AsSpan(), bounds.Z.AsSpan(), name);
    }

    /// <summary>No bound is NaN.</summary>
    public static void Bounds(ReadOnlySpan<double> bounds, int looks, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bounds.Length, looks, name);
        foreach (var bound in bounds) Statistics.Check.Number(bound, name);
    }

    /// <summary>Looks of a walk are not so close that its steps vanish beside it.</summary>
    public static void Apart(ReadOnlySpan<double> fractions, string? name = "fractions")
    {
        Check(fractions, name);
        for (var k = 1; k < fractions.Length; k++)
        {
            if (AreOne(fractions[k - 1], fractions[k])) throw new ArgumentOutOfRangeException(name, fractions[k], Together);
        }
    }

    /// <summary>The looks that have a bound, which alone are walked; they are not so close that the steps between them vanish.</summary>
    public static List<int> Walked(ReadOnlySpan<double> fractions, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, string? name = "fractions")
    {
        List<int> walked = new(fractions.Length);
        for (var k = 0; k < fractions.Length; k++)
        {
            if (double.IsNegativeInfinity(lower[k]) && double.IsPositiveInfinity(upper[k])) continue;
            if (walked.Count > 0 && AreOne(fractions[walked[^1]], fractions[k])) throw new ArgumentOutOfRangeException(name, fractions[k], Together);
            walked.Add(k);
        }

        return walked;
    }

    /// <summary>A test may stop at a look that has a bound, or that lies apart from the one before that has.</summary>
    public static void Stop(Boundaries bounds, int stopLook)
    {
        if (stopLook < 1 || stopLook > bounds.Z.Length) throw new ArgumentOutOfRangeException(nameof(stopLook), stopLook, "A look of the design, from 1.");
        for (var k = stopLook - 2; k >= 0; k--)
        {
            if (double.IsPositiveInfinity(bounds.Z[k])) continue;
            if (AreOne(bounds.Fractions[k], bounds.Fractions[stopLook - 1])) throw new ArgumentOutOfRangeException(nameof(stopLook), stopLook, "The look is one with an earlier: " + Together);
            return;
        }
    }

    private static bool AreOne(double earlier, double later) => later - earlier < NearestPart * later;

    /// <summary>Between one and <see cref="Most"/>, positive, within 1e±100 and increasing.</summary>
    public static void Check(ReadOnlySpan<double> fractions, string? name = "fractions")
    {
        if (fractions.Length is 0 or > Most) throw new ArgumentOutOfRangeException(name, fractions.Length, "Between 1 and 1,000 looks.");
        double previous = 0;
        foreach (var t in fractions)
        {
            if (!(t > previous && t is >= 1e-100 and <= 1e100)) throw new ArgumentOutOfRangeException(name, t, "Information fractions are positive and increasing.");
            previous = t;
        }
    }
}
