namespace Assay.Statistics;

/// <summary>Caps on extreme values, the same for every arm: caps by arm would bias the effect.</summary>
/// <param name="Lower">Values below become this; null for none.</param>
/// <param name="Upper">Values above become this; null for none.</param>
/// <remarks>Named after C. P. Winsor (Tukey 1962). What is estimated afterwards is the effect on the capped metric.</remarks>
public readonly record struct Winsorisation(double? Lower, double? Upper)
{
    /// <summary>Caps at type 7 quantiles of the pooled values of all arms.</summary>
    /// <param name="pooled">The values of all arms together.</param>
    /// <param name="lower">Lower quantile in [0, 1], or null.</param>
    /// <param name="upper">Upper quantile in [0, 1], or null.</param>
    /// <param name="ignoreZeros">Whether the quantiles are those of the values other than 0; the caps apply to all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A quantile outside [0, 1].</exception>
    public static Outcome<Winsorisation> AtQuantiles(ReadOnlySpan<double> pooled, double? lower, double? upper, bool ignoreZeros = false)
    {
        if (lower is { } from) Check.Probability(from, nameof(lower));
        if (upper is { } to) Check.Probability(to, nameof(upper));
        if (lower > upper) throw new ArgumentOutOfRangeException(nameof(lower), lower, "The lower quantile is not above the upper.");
        foreach (var value in pooled) Check.Measured(value, nameof(pooled));
        var sorted = pooled.ToArray();
        if (ignoreZeros) sorted = Array.FindAll(sorted, value => value != 0);
        if (sorted.Length == 0) return Reason.NoUnits;
        Array.Sort(sorted);
        return new Winsorisation(lower is { } low ? Quantile.OfSorted(sorted, low) : null, upper is { } high ? Quantile.OfSorted(sorted, high) : null);
    }

    /// <summary>A value within the caps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not finite.</exception>
    public double Apply(double value)
    {
        Check.Finite(value);
        return value < Lower ? Lower.Value : value > Upper ? Upper.Value : value;
    }

    /// <summary>Whether a value is changed by the caps.</summary>
    public bool Caps(double value)
    {
        Check.Number(value);
        return value < Lower || value > Upper;
    }
}
