namespace Assay.Statistics;

/// <summary>A point estimate with the variance of its sampling distribution: where every kind of metric meets every method.</summary>
/// <param name="Value">The estimate, in the metric's unit.</param>
/// <param name="Variance">Variance of the estimate itself (of a mean: s²/n), ≥ 0; NaN where there were too few units.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of the variance; <see cref="double.PositiveInfinity"/> for a normal reference.</param>
public readonly record struct Estimate(double Value, double Variance, double DegreesOfFreedom)
{
    /// <summary>√Variance; NaN where there were too few units.</summary>
    public double StandardError => Math.Sqrt(Variance);
}

/// <summary>A closed interval; an end may be infinite.</summary>
/// <param name="Lower">The lower end, ≤ <paramref name="Upper"/>, in the unit of what is estimated; −∞ where nothing bounds it.</param>
/// <param name="Upper">The upper end; +∞ where nothing bounds it.</param>
public readonly record struct Interval(double Lower, double Upper);

/// <summary>What a test says of an effect.</summary>
/// <param name="Effect">The estimated effect, treatment minus control.</param>
/// <param name="Interval">The interval at level 1 − α of the same test: it excludes 0 exactly when p ≤ α.</param>
/// <param name="Statistic">The test statistic (z or t).</param>
/// <param name="PValue">Two-sided p-value, from a survival function.</param>
public sealed record Inference(Estimate Effect, Interval Interval, double Statistic, double PValue);
