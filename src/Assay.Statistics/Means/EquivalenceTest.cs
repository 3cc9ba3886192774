using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two one-sided tests: whether an effect lies inside margins (Schuirmann 1987). The low one alone is the test of non-inferiority.</summary>
/// <param name="Low">Against the lower margin.</param>
/// <param name="High">Against the upper margin.</param>
public sealed record EquivalenceTest(OneSidedTest Low, OneSidedTest High)
{
    /// <summary>max(p_low, p_high).</summary>
    public double PValue => Math.Max(Low.PValue, High.PValue);

    /// <summary>Whether low &lt; treatment − control &lt; high, by t at Welch's degrees of freedom.</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it.</param>
    /// <param name="low">Lower margin of the difference, in the metric's unit.</param>
    /// <param name="high">Upper margin, above it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Margins that are not finite or not in order.</exception>
    public static Outcome<EquivalenceTest> Absolute(Estimate control, Estimate treatment, double low, double high)
    {
        Margins(low, high);
        Check.Addend(control);
        Check.Addend(treatment);
        var effect = Effect.Difference(control, treatment);
        return Of(effect with { Value = effect.Value - low }, effect with { Value = effect.Value - high });
    }

    /// <summary>Whether (1 + low)·control &lt; treatment &lt; (1 + high)·control, without the variance of a ratio (Sasabuchi 1980).</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it.</param>
    /// <param name="low">Lower margin as a fraction of the control mean, for instance −0.02.</param>
    /// <param name="high">Upper margin likewise, above it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Margins that are not finite or not in order.</exception>
    public static Outcome<EquivalenceTest> Relative(Estimate control, Estimate treatment, double low, double high)
    {
        Margins(low, high);
        Check.Addend(control);
        Check.Addend(treatment);
        return Of(Against(control, treatment, 1 + low), Against(control, treatment, 1 + high));
    }

    private static void Margins(double low, double high)
    {
        Check.Finite(low);
        Check.Finite(high);
        if (!(low < high)) throw new ArgumentOutOfRangeException(nameof(low), low, "The low margin lies below the high one.");
    }

    private static Estimate Against(Estimate control, Estimate treatment, double factor) =>
        Effect.Difference(new Estimate(factor * control.Value, factor * factor * control.Variance, control.DegreesOfFreedom), treatment);

    private static Outcome<EquivalenceTest> Of(Estimate low, Estimate high)
    {
        if ((Check.Refusal(low) ?? Check.Refusal(high)) is { } reason) return reason;
        double below = low.Value / low.StandardError, above = high.Value / high.StandardError;
        if (!double.IsFinite(below) || !double.IsFinite(above)) return Reason.Overflow;
        return new EquivalenceTest(
            new OneSidedTest(low, below, StudentT.Survival(below, low.DegreesOfFreedom)),
            new OneSidedTest(high, above, StudentT.Cdf(above, high.DegreesOfFreedom)));
    }
}
