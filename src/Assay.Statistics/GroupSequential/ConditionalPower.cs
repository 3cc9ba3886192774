using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The chance that the last look will reject, given an interim z at information fraction t &lt; 1; one-sided, S = z√t (Lan, Simon &amp; Halperin 1982; Jennison &amp; Turnbull 2000, ch. 10).</summary>
/// <remarks>A fraction outside (0, 1) or a prior variance that is not positive is an <see cref="ArgumentOutOfRangeException"/>. Drifts are means of Z at full information.</remarks>
public static class ConditionalPower
{
    /// <summary>Φ((S + θ(1 − t) − c) ÷ √(1 − t)) under a drift θ: the planned one, 0, or the trend <see cref="Trend"/>.</summary>
    /// <param name="drift">θ.</param>
    /// <param name="z">The interim statistic.</param>
    /// <param name="fraction">t, information so far over its planned total.</param>
    /// <param name="finalZ">c, the bound of the last look.</param>
    public static double Under(double drift, double z, double fraction, double finalZ)
    {
        Check.Measured(drift);
        Check.Measured(z);
        Check.Measured(finalZ);
        Check.Level(fraction);
        return Normal.Cdf(((z * Math.Sqrt(fraction)) + (drift * (1 - fraction)) - finalZ) / Math.Sqrt(1 - fraction));
    }

    /// <summary>The drift that the data point to, S/t = z ÷ √t.</summary>
    /// <param name="z">The interim statistic.</param>
    /// <param name="fraction">t.</param>
    public static double Trend(double z, double fraction)
    {
        Check.Measured(z);
        Check.Level(fraction);
        return z / Math.Sqrt(fraction);
    }

    /// <summary>Averaged over the posterior of the drift under a flat prior: Φ((S/t − c) ÷ √((1 − t)/t)) (predictive power, Spiegelhalter, Freedman &amp; Blackburn 1986).</summary>
    /// <param name="z">The interim statistic.</param>
    /// <param name="fraction">t.</param>
    /// <param name="finalZ">c.</param>
    public static double Predictive(double z, double fraction, double finalZ)
    {
        Check.Measured(z);
        Check.Measured(finalZ);
        Check.Level(fraction);
        return Normal.Cdf(((z / Math.Sqrt(fraction)) - finalZ) / Math.Sqrt((1 - fraction) / fraction));
    }

    /// <summary>Averaged over the posterior under a normal prior of the drift: Φ((S + m(1 − t) − c) ÷ √((1 − t) + (1 − t)²v)), m and v the posterior's.</summary>
    /// <param name="z">The interim statistic.</param>
    /// <param name="fraction">t.</param>
    /// <param name="finalZ">c.</param>
    /// <param name="priorMean">Of the drift.</param>
    /// <param name="priorVariance">Of the drift, &gt; 0.</param>
    public static double Predictive(double z, double fraction, double finalZ, double priorMean, double priorVariance)
    {
        Check.Measured(z);
        Check.Measured(finalZ);
        Check.Measured(priorMean);
        Check.Level(fraction);
        Check.Scale(priorVariance);
        double sum = z * Math.Sqrt(fraction), left = 1 - fraction, variance = 1 / (fraction + (1 / priorVariance)), mean = variance * (sum + (priorMean / priorVariance));
        return Normal.Cdf((sum + (mean * left) - finalZ) / Math.Sqrt(left + (left * left * variance)));
    }
}
