namespace Assay.Statistics;

/// <summary>The mean of a sample as an estimate.</summary>
public static class Mean
{
    /// <summary>ȳ with variance s²/n and n − 1 degrees of freedom (by definition), in the metric's unit.</summary>
    /// <param name="moments">Moments of one value a unit.</param>
    /// <returns><see cref="Reason.NoUnits"/> without units, <see cref="Reason.TooFewUnits"/> with one, <see cref="Reason.Overflow"/> when the mean is beyond ±1e150 or the variance beyond 1e300.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative count or sum of squares, or NaN.</exception>
    public static Outcome<Estimate> Of(Moments moments)
    {
        Check.Moments(moments);
        if (moments.Count < 2) return moments.Count == 0 ? Reason.NoUnits : Reason.TooFewUnits;
        if (Math.Abs(moments.Mean) > Check.LargestValue || moments.Variance > 1e300) return Reason.Overflow;
        return new Estimate(moments.Mean, moments.Variance / moments.Count, moments.Count - 1);
    }
}
