namespace Assay.Statistics;

/// <summary>The rules that information fractions obey.</summary>
internal static class InformationFractions
{
    /// <summary>Looks closer than this are one look: the later is skipped and spends nothing.</summary>
    public const double Nearest = 1e-5;

    /// <summary>At least one, positive, finite and increasing.</summary>
    public static void Check(ReadOnlySpan<double> fractions)
    {
        ArgumentOutOfRangeException.ThrowIfZero(fractions.Length, nameof(fractions));
        double previous = 0;
        foreach (var t in fractions)
        {
            if (!(t > previous && double.IsFinite(t))) throw new ArgumentOutOfRangeException(nameof(fractions), t, "Information fractions are positive and increasing.");
            previous = t;
        }
    }
}
