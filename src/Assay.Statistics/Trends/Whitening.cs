namespace Assay.Statistics;

/// <summary>L⁻¹ of a correlation matrix R = LLᵀ: what makes correlated values in units of their standard errors independent.</summary>
internal sealed class Whitening
{
    /// <summary>A squared residual correlation below this is rounding: the values depend on earlier ones.</summary>
    private const double Dependent = 1e-13;

    private readonly double[][] _correlation;
    private readonly double[][] _factor;

    private Whitening(double[][] correlation, double[][] factor) => (_correlation, _factor) = (correlation, factor);

    /// <summary>Of values that are independent already.</summary>
    public static Whitening None { get; } = new([], []);

    /// <summary>The square roots of the diagonal; the matrix is checked at the door.</summary>
    public static double[] Deviations(ReadOnlySpan<double[]> covariance, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(covariance.Length, count, nameof(covariance));
        Check.Given(covariance);
        var deviations = new double[count];
        for (var i = 0; i < count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(covariance[i].Length, count, nameof(covariance));
            foreach (var value in covariance[i]) Check.Finite(value, nameof(covariance));
            deviations[i] = Math.Sqrt(covariance[i][i]);
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Math.Abs(covariance[i][j] - covariance[j][i]) > 1e-8 * deviations[i] * deviations[j])
                {
                    throw new ArgumentOutOfRangeException(nameof(covariance), "A covariance is symmetric.");
                }
            }
        }

        return deviations;
    }

    /// <summary>Of a covariance; null when it is not positive definite.</summary>
    public static Whitening? Of(ReadOnlySpan<double[]> covariance, double[] deviations)
    {
        var correlation = new double[deviations.Length][];
        var factor = new double[deviations.Length][];
        for (var i = 0; i < deviations.Length; i++)
        {
            correlation[i] = new double[i + 1];
            factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                correlation[i][j] = i == j ? 1 : covariance[i][j] / deviations[i] / deviations[j];
                var rest = correlation[i][j];
                for (var k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k];
                if (i == j && !(rest > Dependent)) return null;
                factor[i][j] = i == j ? Math.Sqrt(rest) : rest / factor[j][j];
            }
        }

        return new Whitening(correlation, factor);
    }

    /// <summary>Solves Ly = v in place.</summary>
    public void Apply(double[] values)
    {
        for (var i = 0; i < _factor.Length; i++)
        {
            for (var j = 0; j < i; j++) values[i] -= _factor[i][j] * values[j];
            values[i] /= _factor[i][i];
        }
    }

    /// <summary>Inverse-variance mean of the first half less that of the last, with the variance that the correlations give it.</summary>
    public Estimate EarlyLessLate(ReadOnlySpan<double> effects, ReadOnlySpan<double> deviations)
    {
        int count = effects.Length, half = count / 2;
        double least = double.PositiveInfinity, early = 0, late = 0, value = 0, variance = 0;
        foreach (var deviation in deviations) least = Math.Min(least, deviation);
        // The share of each effect in the contrast, times its standard error over the least.
        var share = new double[count];
        for (var i = 0; i < half; i++)
        {
            early += Weight(deviations[i]);
            late += Weight(deviations[count - 1 - i]);
        }

        for (var i = 0; i < count; i++)
        {
            if (i >= half && i < count - half) continue;
            var signed = i < half ? Weight(deviations[i]) / early : -Weight(deviations[i]) / late;
            value += signed * effects[i];
            share[i] = signed * (deviations[i] / least);
            variance += share[i] * share[i];
            for (var j = 0; j < i && _correlation.Length > 0; j++) variance += 2 * share[i] * share[j] * _correlation[i][j];
        }

        return new Estimate(value, least * variance * least, double.PositiveInfinity);

        double Weight(double deviation) => least / deviation * (least / deviation);
    }
}
