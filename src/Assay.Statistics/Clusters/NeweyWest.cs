namespace Assay.Statistics;

/// <summary>The effect of a treatment that is switched on and off in time, when neighbouring observations are correlated.</summary>
public static class NeweyWest
{
    /// <summary>The slope of y = a + b·z by least squares, with the variance of Newey &amp; West (1987): Bartlett weights 1 − j/(L + 1) to lag L, no prewhitening, no small-sample factor.</summary>
    /// <remarks>Var = S_zz⁻² Σ_{|j| ≤ L} (1 − |j|/(L + 1)) Σ_t u_t u_{t−j} with u_t = (z_t − z̄)e_t; never negative. The reference distribution is normal. An exact fit has variance 0.</remarks>
    /// <param name="outcomes">One value a period, in order of time.</param>
    /// <param name="treatments">The treatment of each period.</param>
    /// <param name="lag">L ≥ 0, in periods.</param>
    /// <returns><see cref="Reason.TooFewUnits"/> below two periods, <see cref="Reason.NoVariance"/> when all have one treatment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Columns of unequal length, a value that is not finite, or a negative lag.</exception>
    public static Outcome<Estimate> Effect(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> treatments, int lag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        var count = outcomes.Length;
        double[] y = ClusteredSample.FromFirst(outcomes), z = ClusteredSample.FromFirst(treatments);
        var all = ClusteredSample.Group<int>(y, z, new int[count]);
        if (count < 2) return Reason.TooFewUnits;
        var moments = all[0];
        var spread = moments.Scatter(1, 1);
        if (!(spread > 0)) return Reason.NoVariance;
        var slope = moments.Scatter(0, 1) / spread;
        var influence = new double[count];
        for (var t = 0; t < count; t++)
        {
            var dose = z[t] - moments.Means[1];
            influence[t] = dose / spread * (y[t] - moments.Means[0] - (slope * dose));
        }

        double variance = 0;
        for (var j = 0; j <= Math.Min(lag, count - 1); j++)
        {
            double product = 0;
            for (var t = j; t < count; t++) product += influence[t] * influence[t - j];
            variance += (j == 0 ? 1 : 2 * (1 - (j / (lag + 1.0)))) * product;
        }

        if (!double.IsFinite(slope) || !double.IsFinite(variance)) return Reason.Overflow;
        var rounding = 4.4e-16 * Math.Sqrt(((moments.Scatter(0, 0) / count) + (moments.Means[0] * moments.Means[0])) / spread);
        return new Estimate(slope, Math.Sqrt(Math.Max(0, variance)) <= rounding ? 0 : variance, double.PositiveInfinity);
    }
}
