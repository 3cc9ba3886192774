namespace Assay.Statistics;

/// <summary>Whether an effect grows or fades with the days since first exposure: a novelty effect fades, a primacy effect grows.</summary>
/// <param name="Constant">The inverse-variance mean: the effect if it does not change.</param>
/// <param name="ConstantQ">Σ((e − mean)/se)², χ² with k − 1 degrees of freedom if the effect is constant (with a covariance Σ: rᵀΣ⁻¹r).</param>
/// <param name="Slope">Change of the effect a unit of x, with known variances; undetermined below two distinct x.</param>
/// <param name="Intercept">The line at x = 0.</param>
/// <param name="LineQ">The same of the residuals of the line, χ² with k − 2.</param>
/// <param name="EarlyLessLate">Inverse-variance mean of the first ⌊k/2⌋ periods less that of the last ⌊k/2⌋; undetermined below two periods.</param>
/// <remarks>Generalised least squares (Aitken 1936): with Σ = LLᵀ, ordinary least squares of L⁻¹e on L⁻¹1 and L⁻¹x. Kohavi, Tang &amp; Xu (2020), ch. 3; Sadeghi et al. (2022).</remarks>
public sealed record EffectTrend(Estimate Constant, double ConstantQ, Outcome<Estimate> Slope, Outcome<double> Intercept, Outcome<double> LineQ, Outcome<Estimate> EarlyLessLate)
{
    /// <summary>From independent effects, one a period in order of time.</summary>
    /// <param name="x">Days since first exposure of each period.</param>
    /// <param name="effects">The effect in each period with its variance.</param>
    /// <returns><see cref="Reason.NoUnits"/> without a period, <see cref="Reason.NoVariance"/> when an effect has no positive variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Columns of unequal length, or a value that is not finite.</exception>
    public static Outcome<EffectTrend> Of(ReadOnlySpan<double> x, ReadOnlySpan<Estimate> effects)
    {
        var values = new double[effects.Length];
        var deviations = new double[effects.Length];
        for (var i = 0; i < effects.Length; i++)
        {
            values[i] = effects[i].Value;
            deviations[i] = effects[i].StandardError;
        }

        return Fit(x, values, deviations, Whitening.None);
    }

    /// <summary>From correlated effects: the same users are measured on several days.</summary>
    /// <param name="x">Days since first exposure of each period.</param>
    /// <param name="effects">The effect in each period.</param>
    /// <param name="covariance">Covariance of the effects, one row a period.</param>
    /// <returns><see cref="Reason.NoVariance"/> when the covariance is not positive definite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Columns of unequal length, a value that is not finite, or a covariance that is not square and symmetric.</exception>
    public static Outcome<EffectTrend> Of(ReadOnlySpan<double> x, ReadOnlySpan<double> effects, ReadOnlySpan<double[]> covariance)
    {
        var deviations = Whitening.Deviations(covariance, effects.Length);
        return Whitening.Of(covariance, deviations) is { } whitening ? Fit(x, effects, deviations, whitening) : Reason.NoVariance;
    }

    private static Outcome<EffectTrend> Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> effects, ReadOnlySpan<double> deviations, Whitening whitening)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, effects.Length, nameof(x));
        foreach (var value in x) Check.Finite(value, nameof(x));
        foreach (var value in effects) Check.Finite(value, nameof(effects));
        if (effects.IsEmpty) return Reason.NoUnits;
        // Standard errors relative to the smallest, so that no weight overflows.
        var unit = double.PositiveInfinity;
        foreach (var deviation in deviations)
        {
            if (!(deviation > 0 && double.IsFinite(deviation))) return Reason.NoVariance;
            unit = Math.Min(unit, deviation);
        }

        var count = effects.Length;
        double[] one = new double[count], line = new double[count], effect = new double[count];
        for (var i = 0; i < count; i++)
        {
            var weight = unit / deviations[i];
            (one[i], line[i], effect[i]) = (weight, weight * (x[i] - x[0]), weight * effects[i]);
        }

        whitening.Apply(one);
        whitening.Apply(line);
        whitening.Apply(effect);
        double weights = Dot(one, one), level = Dot(one, effect) / weights, centre = Dot(one, line) / weights;
        Subtract(effect, level, one);
        Subtract(line, centre, one);
        var constant = new Estimate(level, unit / weights * unit, double.PositiveInfinity);
        var constantQ = Dot(effect, effect) / unit / unit;
        Outcome<Estimate> contrast = count < 2 ? Reason.TooFewUnits : whitening.EarlyLessLate(effects, deviations);
        if (!double.IsFinite(level) || !double.IsFinite(constantQ) || (contrast.TryGet(out var early) && !(double.IsFinite(early.Value) && double.IsFinite(early.Variance)))) return Reason.Overflow;
        // Distinct x leave a spread; what rounding leaves of equal ones does not count.
        var spread = Dot(line, line);
        if (count < 2 || !HasSpread(x)) return new EffectTrend(constant, constantQ, Lacking<Estimate>(), Lacking<double>(), Lacking<double>(), contrast);
        var slope = Dot(line, effect) / spread;
        if (!double.IsFinite(slope) || !double.IsFinite(unit / spread * unit)) return Reason.Overflow;
        Subtract(effect, slope, line);
        return new EffectTrend(
            constant,
            constantQ,
            new Estimate(slope, unit / spread * unit, double.PositiveInfinity),
            level - (slope * (x[0] + centre)),
            Dot(effect, effect) / unit / unit,
            contrast);

        Outcome<T> Lacking<T>()
            where T : notnull => count < 2 ? Reason.TooFewUnits : Reason.NoVariance;
    }

    private static bool HasSpread(ReadOnlySpan<double> x)
    {
        foreach (var value in x)
        {
            if (value != x[0]) return true;
        }

        return false;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static void Subtract(double[] from, double times, double[] what)
    {
        for (var i = 0; i < from.Length; i++) from[i] -= times * what[i];
    }
}
