using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The chance that the last look will reject, given an interim z at information fraction t &lt; 1; one-sided, S = z√t.</summary>
public static class ConditionalPower
{
    /// <summary>Φ((S + θ(1 − t) − c) ÷ √(1 − t)) under a drift θ: the planned one, 0, or the trend <see cref="Trend"/>.</summary>
    public static double Under(double drift, double z, double fraction, double finalZ)
    {
        Check.Measured(drift);
        Check.Measured(z);
        Check.Measured(finalZ);
        Check.Level(fraction);
        return Normal.Cdf(((z * Math.Sqrt(fraction)) + (drift * (1 - fraction)) - finalZ) / Math.Sqrt(1 - fraction));
    }

    /// <summary>The drift that the data point to, S/t = z ÷ √t.</summary>
    public static double Trend(double z, double fraction)
    {
        Check.Measured(z);
        Check.Level(fraction);
        return z / Math.Sqrt(fraction);
    }

    /// <summary>Averaged over the posterior of the drift under a flat prior: Φ((S/t − c) ÷ √((1 − t)/t)).</summary>
    public static double Predictive(double z, double fraction, double finalZ)
    {
        Check.Measured(z);
        Check.Measured(finalZ);
        Check.Level(fraction);
        return Normal.Cdf(((z / Math.Sqrt(fraction)) - finalZ) / Math.Sqrt((1 - fraction) / fraction));
    }

    /// <summary>Averaged over the posterior under a normal prior of the drift.</summary>
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
