namespace Assay.Statistics.Distributions;

/// <summary>The regularised incomplete beta function Iₓ(a, b), both tails at once and in logarithms.</summary>
/// <remarks>A continued fraction (DLMF 8.17.22) by Lentz's method for a small shape, quadrature of the density on the logit scale otherwise; x and y = 1 − x are both given, so neither end loses digits.</remarks>
internal static class IncompleteBeta
{
    private const double QuadratureFrom = 20_000;

    /// <summary>ln Iₓ(a, b) and ln(1 − Iₓ(a, b)).</summary>
    public static (double Lower, double Upper) LogTails(double a, double b, double x, double y) => LogTails(a, b, x, y, x > 0 && y > 0 ? LogKernel(a, b, x, y) : 0);

    /// <summary>The same with the logarithm of the density that <see cref="LogKernel(double, double, double, double)"/> gives at hand.</summary>
    public static (double Lower, double Upper) LogTails(double a, double b, double x, double y, double kernel)
    {
        if (x <= 0) return (double.NegativeInfinity, 0);
        if (y <= 0) return (0, double.NegativeInfinity);
        if (Math.Min(a, b) > QuadratureFrom)
        {
            return x * b <= y * a ? Order(kernel + Math.Log(Tail(a, b, x, y)), lower: true) : Order(kernel + Math.Log(Tail(b, a, y, x)), lower: false);
        }

        // λ = a − (a + b)x, without cancellation because y is given.
        var excess = (a * y) - (b * x);
        return excess >= 0
            ? Order(kernel - Math.Log(Fraction(a, b, x, y, excess)), lower: true)
            : Order(kernel - Math.Log(Fraction(b, a, y, x, -excess)), lower: false);
    }

    /// <summary>ln[xᵃ(1 − x)ᵇ ÷ B(a, b)], the density on the logit scale, from its deviance (Loader 2000): no cancellation at any a, b.</summary>
    public static double LogKernel(double a, double b, double x, double y) => LogKernel(a, b, x, y, IsDirect(a, b, x, y) ? -LogGamma.Beta(a, b) : LogScale(a, b));

    /// <summary>What of the logarithm does not depend on x: many of one variable share it.</summary>
    public static double LogScale(double a, double b) => Math.Min(a, b) < 1
        ? -LogGamma.Beta(a, b)
        : (0.5 * Math.Log(a / (a + b) * b)) - Elementary.HalfLnTwoPi + LogGamma.StirlingRemainder(a + b) - LogGamma.StirlingRemainder(a) - LogGamma.StirlingRemainder(b);

    /// <summary>The density with its <see cref="LogScale"/> at hand.</summary>
    public static double LogKernel(BetaShapes shapes, double x, double y, double scale)
    {
        // At an end a density of shapes from 1 on takes another scale than elsewhere.
        return IsDirect(shapes.A, shapes.B, x, y) && Math.Min(shapes.A, shapes.B) >= 1 ? LogKernel(shapes.A, shapes.B, x, y) : LogKernel(shapes.A, shapes.B, x, y, scale);
    }

    private static bool IsDirect(double a, double b, double x, double y) => Math.Min(a, b) < 1 || x < 1e-300 || y < 1e-300;

    private static double LogKernel(double a, double b, double x, double y, double scale)
    {
        if (IsDirect(a, b, x, y)) return (a * LogOf(x, y)) + (b * LogOf(y, x)) + scale;
        // x − a/(a + b) with the product kept exact.
        var total = a + b;
        var excess = (Math.FusedMultiplyAdd(x, b, -(a * y)) - Math.FusedMultiplyAdd(a, y, -(a * y))) / total;
        var deviance = (a * Deviance(x * total / a, excess * total / a)) + (b * Deviance(y * total / b, -excess * total / b));
        return deviance + scale;
    }

    /// <summary>ln r − (r − 1), where far below 1 only r itself has digits, and next to 1 only r − 1.</summary>
    private static double Deviance(double ratio, double less) => ratio < 0.5 ? Math.Log(ratio) - less : Elementary.LogOnePlusLess(less);

    private static double LogOf(double x, double complement) => x < 0.5 ? Math.Log(x) : Elementary.LogOnePlus(-complement);

    private static (double Lower, double Upper) Order(double small, bool lower)
    {
        var clamped = Math.Min(small, 0);
        var other = clamped == 0 ? double.NegativeInfinity : Elementary.LogOneMinusExp(clamped);
        return lower ? (clamped, other) : (other, clamped);
    }

    /// <summary>∫₀^∞ of the logit-scale density going left from x, relative to its value at x.</summary>
    private static double Tail(double a, double b, double x, double y)
    {
        var score = (a * y) - (b * x);
        return LogConcaveTail.Integrate(new LeftTail(a, b, x, y), 7 / (Math.Abs(score / 7) + Math.Sqrt((a + b) * x * y)));
    }

    /// <summary>β₀ + α₁/(β₁ + α₂/(β₂ + …)), the even part of the fraction, which stays exact where x is close to 1 (Didonato &amp; Morris 1992, eq. 18).</summary>
    private static double Fraction(double a, double b, double x, double y, double excess)
    {
        const double tiny = 1e-300;
        var value = NotZero(a * (excess + 1) / (a + 1));
        double c = value, d = 0;
        for (var m = 1; m < 100_000; m++)
        {
            var odd = a + (2 * m) - 1;
            var numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * (m * (b - m) * x * x);
            var denominator = m + (m * (b - m) * x / odd) + ((a + m) / (odd + 2) * (excess + 1 + (m * (1 + y))));
            d = 1 / NotZero(denominator + (numerator * d));
            c = NotZero(denominator + (numerator / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 2e-16) break;
        }

        return value;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    private readonly struct LeftTail(double a, double b, double x, double y) : ILogDensity
    {
        // Two forms of one function: the factor of t is the smaller shape, so that little is left to cancel.
        public double At(double t) => x < 0.5
            ? (-a * t) - ((a + b) * Elementary.LogOnePlus(x * Elementary.ExpMinusOne(-t)))
            : (b * t) - ((a + b) * Elementary.LogOnePlus(y * Elementary.ExpMinusOne(t)));
    }
}
