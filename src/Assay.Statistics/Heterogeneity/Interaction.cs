namespace Assay.Statistics;

/// <summary>Two experiments on the same units: whether one changes the effect of the other.</summary>
/// <param name="Difference">m₁₁ − m₁₀ − m₀₁ + m₀₀, normal reference.</param>
/// <param name="First">Effect of the first experiment, both arms of the second weighing equally.</param>
/// <param name="Second">Effect of the second.</param>
/// <param name="LogRatio">ln(m₁₁m₀₀ ÷ (m₁₀m₀₁)) by the delta method, when all means are positive.</param>
public sealed record Interaction(Estimate Difference, Estimate First, Estimate Second, Outcome<Estimate> LogRatio)
{
    /// <summary>For the mean of each cell, first index the first experiment's arm: contrasts of a 2×2 factorial (Yates 1937).</summary>
    /// <param name="m00">Control of both, with the variance of the mean.</param>
    /// <param name="m01">Treatment of the second only.</param>
    /// <param name="m10">Treatment of the first only.</param>
    /// <param name="m11">Treatment of both.</param>
    public static Interaction Of(Estimate m00, Estimate m01, Estimate m10, Estimate m11)
    {
        Check.Addend(m00);
        Check.Addend(m01);
        Check.Addend(m10);
        Check.Addend(m11);
        var variance = m00.Variance + m01.Variance + m10.Variance + m11.Variance;
        return new Interaction(
            Normal(m11.Value - m10.Value - (m01.Value - m00.Value), variance),
            Normal((m10.Value - m00.Value + (m11.Value - m01.Value)) / 2, variance / 4),
            Normal((m01.Value - m00.Value + (m11.Value - m10.Value)) / 2, variance / 4),
            Ratio(m00, m01, m10, m11));
    }

    private static Outcome<Estimate> Ratio(Estimate m00, Estimate m01, Estimate m10, Estimate m11)
    {
        if (!(m00.Value > 0 && m01.Value > 0 && m10.Value > 0 && m11.Value > 0)) return Reason.ZeroBaseline;
        var ratio = Normal(Math.Log(m11.Value / m10.Value) + Math.Log(m00.Value / m01.Value), Relative(m00) + Relative(m01) + Relative(m10) + Relative(m11));
        if (double.IsNaN(ratio.Variance)) return Reason.TooFewUnits;
        return double.IsFinite(ratio.Value) && double.IsFinite(ratio.Variance) ? ratio : Reason.Overflow;
    }

    private static Estimate Normal(double value, double variance) => new(value, variance, double.PositiveInfinity);

    private static double Relative(Estimate mean) => mean.Variance / mean.Value / mean.Value;
}
