namespace Assay.Statistics.Distributions;

/// <summary>The standard normal distribution, precise in both tails.</summary>
/// <remarks>Φ(x) = ½ erfc(−x ÷ √2) (DLMF 7.2.2; Abramowitz &amp; Stegun 1964, 26.2.3). Upper tails and logarithms are computed directly, never as 1 − Φ. Quantiles at 0 and 1 are −∞ and +∞.</remarks>
public static class Normal
{
    private const double InverseSqrtTwoPi = 0.398942280401432677939946059934;
    private const double InverseSqrtTwo = 0.707106781186547524400844362105;

    private static readonly double[] CentreTop =
    [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
    ];

    private static readonly double[] CentreBottom =
    [
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
    ];

    private static readonly double[] MiddleTop =
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
        3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
    ];

    private static readonly double[] MiddleBottom =
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1,
    ];

    private static readonly double[] FarTop =
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
    ];

    private static readonly double[] FarBottom =
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1,
    ];

    /// <summary>φ(x) = exp(−x²/2) ÷ √2π.</summary>
    public static double Density(double x)
    {
        Check.Number(x);
        // The exponent is −x²/2 of x itself, as in the survival function.
        return Math.Abs(x) > 39 ? 0 : InverseSqrtTwoPi * ExpMinusHalfSquare(Math.Abs(x));
    }

    /// <summary>Φ(x) = P(Z ≤ x).</summary>
    public static double Cdf(double x) => Survival(-x);

    /// <summary>1 − Φ(x) = P(Z &gt; x) = ½ erfc(x ÷ √2), to full relative precision down to the smallest double.</summary>
    public static double Survival(double x)
    {
        Check.Number(x);
        if (x < 1) return 0.5 * ErrorFunction.Complement(x * InverseSqrtTwo);
        if (x > 38.6) return 0;
        // The exponent is −x²/2 of x itself: x ÷ √2 would carry its rounding into a large square.
        return 0.5 * ErrorFunction.Scaled(x * InverseSqrtTwo) * ExpMinusHalfSquare(x);
    }

    /// <summary>ln P(Z &gt; x), finite up to x = 1.8e154, where x² is no double any more, and −∞ beyond.</summary>
    public static double LogSurvival(double x)
    {
        Check.Number(x);
        if (x < -1) return Elementary.LogOnePlus(-Survival(-x));
        return x < 1 ? Math.Log(Survival(x)) : Math.Log(0.5 * ErrorFunction.Scaled(x * InverseSqrtTwo)) - (0.5 * x * x);
    }

    /// <summary>x with P(Z ≤ x) = p, for p in [0, 1]; −∞ at 0, +∞ at 1.</summary>
    public static double Quantile(double p)
    {
        Check.Probability(p);
        return -InverseSurvival(p);
    }

    /// <summary>x with P(Z &gt; x) = q, for q in [0, 1]: Wichura's AS 241 (1988) and one Halley step on ln(1 − Φ); +∞ at 0, −∞ at 1.</summary>
    public static double InverseSurvival(double q)
    {
        Check.Probability(q);
        if (q is 0 or 1) return q == 0 ? double.PositiveInfinity : double.NegativeInfinity;
        var centred = 0.5 - q;
        if (Math.Abs(centred) <= 0.425)
        {
            var r = 0.180625 - (centred * centred);
            return centred * Horner(CentreTop, r) / Horner(CentreBottom, r);
        }

        if (centred < 0) return -InverseSurvival(1 - q);
        var root = Math.Sqrt(-Math.Log(q));
        var x = root <= 5 ? Horner(MiddleTop, root - 1.6) / Horner(MiddleBottom, root - 1.6) : Horner(FarTop, root - 5) / Horner(FarBottom, root - 5);
        var survival = Survival(x);
        if (survival < 1e-290) return x + ((LogSurvival(x) - Math.Log(q)) / Hazard(x));
        var step = (survival - q) / Density(x);
        return x + (step / (1 - (0.5 * x * step)));
    }

    /// <summary>z with P(|Z| &gt; z) = α: the half-width multiplier of a two-sided interval at level 1 − α; +∞ at 0.</summary>
    public static double TwoSidedCritical(double alpha)
    {
        Check.Probability(alpha);
        return InverseSurvival(alpha / 2);
    }

    /// <summary>P(|Z| &gt; |z|), twice the survival function.</summary>
    public static double TwoSidedPValue(double z)
    {
        Check.Number(z);
        return Math.Min(1, 2 * Survival(Math.Abs(z)));
    }

    /// <summary>φ(x) ÷ (1 − Φ(x)).</summary>
    internal static double Hazard(double x) => x < 1 ? Density(x) / Survival(x) : 2 * InverseSqrtTwoPi / ErrorFunction.Scaled(x * InverseSqrtTwo);

    private static double ExpMinusHalfSquare(double x)
    {
        var head = Math.Truncate(x * 16) / 16;
        return Math.Exp(-0.5 * head * head) * Math.Exp(-0.5 * (x - head) * (x + head));
    }

    private static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        foreach (var c in coefficients) sum = (sum * x) + c;
        return sum;
    }
}
