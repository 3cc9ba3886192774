namespace Assay.Statistics;

/// <summary>The mean of a sample as an estimate.</summary>
public static class Mean
{
    /// <summary>ȳ with variance s²/n and n − 1 degrees of freedom (by definition), in the metric's unit.</summary>
    /// <param name="moments">Moments of one value a unit.</param>
    /// <returns><see cref="Reason.NoUnits"/> without units, <see cref="Reason.TooFewUnits"/> with one.</returns>
    public static Outcome<Estimate> Of(Moments moments) => moments.Count switch
    {
        0 => Reason.NoUnits,
        1 => Reason.TooFewUnits,
        _ => new Estimate(moments.Mean, moments.Variance / moments.Count, moments.Count - 1),
    };
}
