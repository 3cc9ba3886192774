namespace Assay.Statistics.Distributions;

/// <summary>The beta distribution on [0, 1].</summary>
/// <remarks>Density xᵃ⁻¹(1 − x)ᵇ⁻¹ ÷ B(a, b), shapes a, b between 1e-9 and 1e20; P(X ≤ x) = Iₓ(a, b) (DLMF 8.17.1). Quantiles invert the smaller tail; the logarithm of a probability of 0 is −∞.</remarks>
public static class Beta
{
    /// <summary>P(X ≤ x) = Iₓ(a, b): 0 below 0 and 1 above 1.</summary>
    public static double Cdf(double x, double a, double b) => Math.Exp(Tails(x, a, b).Lower);

    /// <summary>P(X &gt; x), relative precision in the tail.</summary>
    public static double Survival(double x, double a, double b) => Math.Exp(Tails(x, a, b).Upper);

    /// <summary>ln P(X &gt; x); −∞ where that is 0.</summary>
    public static double LogSurvival(double x, double a, double b) => Tails(x, a, b).Upper;

    /// <summary>ln of the density xᵃ⁻¹(1 − x)ᵇ⁻¹ ÷ B(a, b), for x in (0, 1).</summary>
    public static double LogDensity(double x, double a, double b)
    {
        Check.Level(x);
        Shapes(a, b);
        // Small shapes directly, so that the uniform density has the logarithm 0.
        return a + b < 16
            ? ((a - 1) * Math.Log(x)) + ((b - 1) * Elementary.LogOnePlus(-x)) - LogGamma.Beta(a, b)
            : IncompleteBeta.LogKernel(a, b, x, 1 - x) - Math.Log(x) - Elementary.LogOnePlus(-x);
    }

    /// <summary>x with P(X ≤ x) = p.</summary>
    public static double Quantile(double p, double a, double b)
    {
        Check.Probability(p);
        return p <= 0.5 ? Inverse(p, a, b) : InverseOfUpper(1 - p, a, b);
    }

    /// <summary>x with P(X &gt; x) = q.</summary>
    public static double InverseSurvival(double q, double a, double b)
    {
        Check.Probability(q);
        return q <= 0.5 ? InverseOfUpper(q, a, b) : Inverse(1 - q, a, b);
    }

    /// <summary>1 ÷ (1 + e⁻ᵘ).</summary>
    internal static double Logistic(double u) => u >= 0 ? 1 / (1 + Math.Exp(-u)) : Math.Exp(u) / (1 + Math.Exp(u));

    private static double InverseOfUpper(double q, double a, double b)
    {
        Shapes(a, b);
        return q == 0 ? 1 : Logistic(-LogitOfLower(q, b, a));
    }

    private static double Inverse(double p, double a, double b)
    {
        Shapes(a, b);
        return p == 0 ? 0 : Logistic(LogitOfLower(p, a, b));
    }

    /// <summary>The logit of the p-quantile, by Halley's method on ln Iₓ, which is concave in the logit, from Cornish and Fisher's first terms there.</summary>
    private static double LogitOfLower(double p, double a, double b)
    {
        double target = Math.Log(p), z = Math.Clamp(Normal.Quantile(p), -8, 8), variance = (1 / a) + (1 / b), deviation = Math.Sqrt(variance);
        var guess = Math.Log(a / b) + (z * deviation);
        if (Math.Min(a, b) > 1)
        {
            // Of the logit the mean is about ln(a/b) + (1/b − 1/a)/2, the variance 1/a + 1/b + (1/a² + 1/b²)/2 and the third cumulant 1/b² − 1/a².
            var difference = (1 / b) - (1 / a);
            var u = guess + (0.25 * z * ((1 / (a * a)) + (1 / (b * b))) / deviation) + (0.5 * difference) + (((z * z) - 1) * difference / 6);
            for (var i = 0; i < 20; i++)
            {
                double x = Logistic(u), y = Logistic(-u), log = IncompleteBeta.LogTails(a, b, x, y).Lower;
                var slope = Math.Exp(IncompleteBeta.LogKernel(a, b, x, y) - log);
                var newton = (target - log) / slope;
                var step = newton / Math.Max(0.5, 1 + (0.5 * newton * ((a * y) - (b * x) - slope)));
                if (!(Math.Abs(step) < 100)) break;
                u += step;
                if (Math.Abs(step) < 1e-5 * deviation) return u;
            }
        }

        return Roots.Monotone(new Excess(target, a, b), guess, 0.1 * deviation);
    }

    private static (double Lower, double Upper) Tails(double x, double a, double b)
    {
        Check.Number(x);
        Shapes(a, b);
        return IncompleteBeta.LogTails(a, b, x, 1 - x);
    }

    private static void Shapes(double a, double b)
    {
        Check.Shape(a);
        Check.Shape(b);
    }

    private readonly struct Excess(double target, double a, double b) : IFunction
    {
        public double At(double u) => Math.Clamp(IncompleteBeta.LogTails(a, b, Logistic(u), Logistic(-u)).Lower - target, -1e300, 1e300);
    }
}
