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

    /// <summary>Given at all, before <see cref="Check"/>.</summary>
    public static ReadOnlySpan<double> Given(System.Collections.Immutable.ImmutableArray<double> values, string name) =>
        values.IsDefaultOrEmpty ? throw new ArgumentOutOfRangeException(name, "At least one look.") : values.AsSpan();

    /// <summary>Between 1 and <see cref="Most"/>.</summary>
    public static void Looks(int looks)
    {
        if (looks is < 1 or > Most) throw new ArgumentOutOfRangeException(nameof(looks), looks, "Between 1 and 1,000 looks.");
    }

    /// <summary>No bound is NaN.</summary>
    public static void Bounds(ReadOnlySpan<double> bounds, int looks, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bounds.Length, looks, name);
        foreach (var bound in bounds) Statistics.Check.Number(bound, name);
    }

    /// <summary>Looks of a walk are not so close that its steps vanish beside it.</summary>
    public static void Apart(ReadOnlySpan<double> fractions)
    {
        Check(fractions);
        for (var k = 1; k < fractions.Length; k++)
        {
            if (fractions[k] - fractions[k - 1] < NearestPart * fractions[k]) throw new ArgumentOutOfRangeException(nameof(fractions), fractions[k], "Looks lie at least a millionth of their information apart.");
        }
    }

    /// <summary>Between one and <see cref="Most"/>, positive, within 1e±150 and increasing.</summary>
    public static void Check(ReadOnlySpan<double> fractions)
    {
        if (fractions.Length is 0 or > Most) throw new ArgumentOutOfRangeException(nameof(fractions), fractions.Length, "Between 1 and 1,000 looks.");
        double previous = 0;
        foreach (var t in fractions)
        {
            if (!(t > previous && t is >= 1e-150 and <= 1e150)) throw new ArgumentOutOfRangeException(nameof(fractions), t, "Information fractions are positive and increasing.");
            previous = t;
        }
    }
}
