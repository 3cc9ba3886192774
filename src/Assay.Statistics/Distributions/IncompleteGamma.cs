namespace Assay.Statistics.Distributions;

/// <summary>The regularised incomplete gamma functions P(a, x) and Q(a, x), both tails at once and in logarithms.</summary>
/// <remarks>Series below the mean, Lentz's continued fraction above it (DLMF 8.11.4, 8.9.2), quadrature on the log scale for a large shape.</remarks>
internal static class IncompleteGamma
{
    private const double QuadratureFrom = 500;

    /// <summary>ln P(a, x) and ln Q(a, x).</summary>
    public static (double Lower, double Upper) LogTails(double a, double x)
    {
        if (x <= 0) return (double.NegativeInfinity, 0);
        if (double.IsPositiveInfinity(x)) return (0, double.NegativeInfinity);
        var kernel = LogKernel(a, x);
        if (a > QuadratureFrom)
        {
            var scale = 7 / (Math.Abs((x - a) / 7) + Math.Sqrt(Math.Max(a, x)));
            return x <= a
                ? Order(kernel + Math.Log(LogConcaveTail.Integrate(new LeftTail(a, x), scale)), lower: true)
                : Order(kernel + Math.Log(LogConcaveTail.Integrate(new RightTail(a, x), scale)), lower: false);
        }

        return x < a + 1
            ? Order(kernel + Math.Log(Series(a, x)), lower: true)
            : Order(kernel + Math.Log(Fraction(a, x)), lower: false);
    }

    /// <summary>ln[xᵃe⁻ˣ ÷ Γ(a)], the density on the log scale.</summary>
    private static double LogKernel(double a, double x)
    {
        if (a < 1) return (a * Math.Log(x)) - x - LogGamma.Of(a);
        // Far below the mean 1 + (x − a)/a would lose x.
        var deviance = x < 0.5 * a ? Math.Log(x / a) - ((x - a) / a) : Elementary.LogOnePlusLess((x - a) / a);
        return (a * deviance) + (0.5 * Math.Log(a)) - Elementary.HalfLnTwoPi - LogGamma.StirlingRemainder(a);
    }

    private static (double Lower, double Upper) Order(double small, bool lower)
    {
        var clamped = Math.Min(small, 0);
        var other = clamped == 0 ? double.NegativeInfinity : Elementary.LogOneMinusExp(clamped);
        return lower ? (clamped, other) : (other, clamped);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (var k = 1; k < 10_000 && term > sum * 1e-17; k++)
        {
            term *= x / (a + k);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double a, double x)
    {
        const double tiny = 1e-300;
        double b = x + 1 - a, c = 1 / tiny, d = 1 / b, h = d;
        for (var k = 1; k < 10_000; k++)
        {
            var coefficient = -k * (k - a);
            b += 2;
            d = (coefficient * d) + b;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = b + (coefficient / c);
            c = Math.Abs(c) < tiny ? tiny : c;
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 2e-16) break;
        }

        return h;
    }

    private readonly struct LeftTail(double a, double x) : ILogDensity
    {
        public double At(double t) => (-a * t) - (x * Elementary.ExpMinusOne(-t));
    }

    private readonly struct RightTail(double a, double x) : ILogDensity
    {
        public double At(double t) => (a * t) - (x * Elementary.ExpMinusOne(t));
    }
}
