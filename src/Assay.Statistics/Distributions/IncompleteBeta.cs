namespace Assay.Statistics.Distributions;

/// <summary>The regularised incomplete beta function Iₓ(a, b), both tails at once and in logarithms.</summary>
/// <remarks>Lentz's continued fraction (DLMF 8.17.22) for a small shape, quadrature of the density on the logit scale otherwise; x and y = 1 − x are both given, so neither end loses digits.</remarks>
internal static class IncompleteBeta
{
    private const double QuadratureFrom = 250;

    /// <summary>ln Iₓ(a, b) and ln(1 − Iₓ(a, b)).</summary>
    public static (double Lower, double Upper) LogTails(double a, double b, double x, double y)
    {
        if (x <= 0) return (double.NegativeInfinity, 0);
        if (y <= 0) return (0, double.NegativeInfinity);
        var total = a + b;
        var kernel = LogKernel(a, b, x, y);
        if (Math.Min(a, b) > QuadratureFrom)
        {
            return x * b <= y * a ? Order(kernel + Math.Log(Tail(a, total, x, y)), lower: true) : Order(kernel + Math.Log(Tail(b, total, y, x)), lower: false);
        }

        return x * (total + 2) < a + 1
            ? Order(kernel - Math.Log(a) + Math.Log(Fraction(a, b, x)), lower: true)
            : Order(kernel - Math.Log(b) + Math.Log(Fraction(b, a, y)), lower: false);
    }

    /// <summary>ln[xᵃ(1 − x)ᵇ ÷ B(a, b)], the density on the logit scale, from its deviance (Loader 2000): no cancellation at any a, b.</summary>
    public static double LogKernel(double a, double b, double x, double y)
    {
        var total = a + b;
        if (Math.Min(a, b) < 1 || x < 1e-300 || y < 1e-300)
        {
            return (a * LogOf(x, y)) + (b * LogOf(y, x)) - LogGamma.Beta(a, b);
        }

        // x − a/(a + b) with the product kept exact.
        var excess = (Math.FusedMultiplyAdd(x, b, -(a * y)) - Math.FusedMultiplyAdd(a, y, -(a * y))) / total;
        var deviance = (a * Elementary.LogOnePlusLess(excess * total / a)) + (b * Elementary.LogOnePlusLess(-excess * total / b));
        return deviance + (0.5 * Math.Log(a / total * b)) - Elementary.HalfLnTwoPi
            + LogGamma.StirlingRemainder(total) - LogGamma.StirlingRemainder(a) - LogGamma.StirlingRemainder(b);
    }

    private static double LogOf(double x, double complement) => x < 0.5 ? Math.Log(x) : Elementary.LogOnePlus(-complement);

    private static (double Lower, double Upper) Order(double small, bool lower)
    {
        var clamped = Math.Min(small, 0);
        var other = clamped == 0 ? double.NegativeInfinity : Elementary.LogOneMinusExp(clamped);
        return lower ? (clamped, other) : (other, clamped);
    }

    /// <summary>∫₀^∞ of the logit-scale density going left from x, relative to its value at x.</summary>
    private static double Tail(double a, double total, double x, double y)
    {
        var score = (a * y) - ((total - a) * x);
        return LogConcaveTail.Integrate(new LeftTail(a, total, x), 7 / (Math.Abs(score / 7) + Math.Sqrt(total * x * y)));
    }

    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 - ((a + b) * x / (a + 1));
        if (Math.Abs(d) < tiny) d = tiny;
        d = 1 / d;
        var h = d;
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 2e-16) break;
        }

        return h;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    private readonly struct LeftTail(double a, double total, double x) : ILogDensity
    {
        public double At(double t) => (-a * t) - (total * Elementary.LogOnePlus(x * Elementary.ExpMinusOne(-t)));
    }
}
