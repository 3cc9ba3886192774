using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The exact anytime-valid t test of a regression contrast (Lindon, Ham, Tingley &amp; Bojinov 2022), for samples too small for a normal approximation.</summary>
public static class AnytimeT
{
    /// <summary>ln e = ½ ln r + (ν + 1)/2·[ln(1 + t²/ν) − ln(1 + r t²/ν)], r = φ/(φ + m).</summary>
    /// <param name="t">The t statistic.</param>
    /// <param name="degreesOfFreedom">ν, of the residual.</param>
    /// <param name="precision">φ, precision of the mixture on the standardised effect.</param>
    /// <param name="effectiveSize">m; n_c n_t/(n_c + n_t) for a difference of means.</param>
    /// <exception cref="ArgumentOutOfRangeException">Degrees of freedom, precision or size that are not positive.</exception>
    public static double LogEvidence(double t, double degreesOfFreedom, double precision, double effectiveSize)
    {
        Check.Measured(t);
        var r = Share(degreesOfFreedom, precision, effectiveSize);
        var square = t * t / degreesOfFreedom;
        // ln((1 + s)/(1 + rs)) from the part that r leaves.
        return (-0.5 * Elementary.LogOnePlus(effectiveSize / precision)) + (0.5 * (degreesOfFreedom + 1) * Elementary.LogOnePlus(effectiveSize / (precision + effectiveSize) * (square / (1 + (r * square)))));
    }

    /// <summary>The multiplier of the standard error, √(ν(c − 1)/(1 − c r)) with c = (α²r)^(−1/(ν + 1)); +∞ while c r ≥ 1.</summary>
    /// <param name="degreesOfFreedom">ν &gt; 0.</param>
    /// <param name="precision">φ &gt; 0.</param>
    /// <param name="effectiveSize">m &gt; 0.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double Radius(double degreesOfFreedom, double precision, double effectiveSize, double alpha)
    {
        Check.Level(alpha);
        var r = Share(degreesOfFreedom, precision, effectiveSize);
        var logR = -Elementary.LogOnePlus(effectiveSize / precision);
        var log = -((2 * Math.Log(alpha)) + logR) / (degreesOfFreedom + 1);
        return log + logR >= 0 ? double.PositiveInfinity : Math.Sqrt(degreesOfFreedom * (Elementary.ExpMinusOne(log) / -Elementary.ExpMinusOne(log + logR)));
    }

    private static double Share(double degreesOfFreedom, double precision, double effectiveSize)
    {
        Check.Scale(degreesOfFreedom);
        Check.Scale(precision);
        Check.Scale(effectiveSize);
        return precision / (precision + effectiveSize);
    }
}
