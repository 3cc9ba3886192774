using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two one-sided tests: whether an effect lies inside margins (Schuirmann 1987).</summary>
public static class EquivalenceTest
{
    /// <summary>A one-sided test.</summary>
    /// <param name="Effect">The contrast: the effect less its margin, in the metric's unit.</param>
    /// <param name="Statistic">t or z of the contrast.</param>
    /// <param name="PValue">One-sided, in the direction of the inside of the margins.</param>
    public sealed record OneSided(Estimate Effect, double Statistic, double PValue);

    /// <summary>Both tests; the p-value of equivalence is the larger, that of non-inferiority is the low one's.</summary>
    /// <param name="Low">Against the lower margin.</param>
    /// <param name="High">Against the upper margin.</param>
    public sealed record Result(OneSided Low, OneSided High)
    {
        /// <summary>max(p_low, p_high).</summary>
        public double PValue => Math.Max(Low.PValue, High.PValue);
    }

    /// <summary>Whether low &lt; treatment − control &lt; high, by t at Welch's degrees of freedom.</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it.</param>
    /// <param name="low">Lower margin of the difference, in the metric's unit.</param>
    /// <param name="high">Upper margin.</param>
    public static Outcome<Result> Absolute(Estimate control, Estimate treatment, double low, double high)
    {
        var effect = Effect.Absolute(control, treatment);
        return Of(effect with { Value = effect.Value - low }, effect with { Value = effect.Value - high });
    }

    /// <summary>Whether (1 + low)·control &lt; treatment &lt; (1 + high)·control, without the variance of a ratio (Sasabuchi 1980).</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it.</param>
    /// <param name="low">Lower margin as a fraction of the control mean, for instance −0.02.</param>
    /// <param name="high">Upper margin likewise.</param>
    public static Outcome<Result> Relative(Estimate control, Estimate treatment, double low, double high) =>
        Of(Against(control, treatment, 1 + low), Against(control, treatment, 1 + high));

    private static Estimate Against(Estimate control, Estimate treatment, double factor) =>
        Effect.Absolute(new Estimate(factor * control.Value, factor * factor * control.Variance, control.DegreesOfFreedom), treatment);

    private static Outcome<Result> Of(Estimate low, Estimate high)
    {
        if (double.IsNaN(low.Variance) || double.IsNaN(high.Variance)) return Reason.TooFewUnits;
        if (!(low.Variance > 0 && high.Variance > 0)) return Reason.NoVariance;
        double below = low.Value / low.StandardError, above = high.Value / high.StandardError;
        return new Result(
            new OneSided(low, below, StudentT.Survival(below, low.DegreesOfFreedom)),
            new OneSided(high, above, StudentT.Cdf(above, high.DegreesOfFreedom)));
    }
}
