namespace Assay.Statistics.Distributions;

/// <summary>Elementary functions near the points where the library's own lose their digits (.NET's LogP1 and ExpM1 are the naive forms).</summary>
internal static class Elementary
{
    /// <summary>ln 2.</summary>
    public const double LnTwo = 0.693147180559945309417232121458;

    /// <summary>½ ln 2π.</summary>
    public const double HalfLnTwoPi = 0.918938533204672741780329736406;

    /// <summary>ln(1 + x) to full relative precision (Kahan's quotient).</summary>
    public static double LogOnePlus(double x)
    {
        var w = 1 + x;
        if (w == 1) return x;
        return double.IsInfinity(w) ? w : x * (Math.Log(w) / (w - 1));
    }

    /// <summary>eˣ − 1 to full relative precision (Kahan's quotient).</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        var e = Math.Exp(x);
        if (e == 1) return x;
        var less = e - 1;
        return less * (x / Math.Log(e));
    }

    /// <summary>ln(1 + x) − x, ≤ 0, without cancellation: −x·s + 2s³(⅓ + s²/5 + …) with s = x ÷ (2 + x).</summary>
    public static double LogOnePlusLess(double x)
    {
        if (x is < -0.4 or > 0.6) return LogOnePlus(x) - x;
        var s = x / (2 + x);
        var square = s * s;
        double sum = 0, power = 1;
        for (var k = 3; k < 60; k += 2)
        {
            var term = power / k;
            sum += term;
            if (term < sum * 1e-17) break;
            power *= square;
        }

        return (2 * s * square * sum) - (x * s);
    }

    /// <summary>ln(1 − eˣ) for x &lt; 0, choosing the form that keeps its digits.</summary>
    public static double LogOneMinusExp(double x) => x > -LnTwo ? Math.Log(-ExpMinusOne(x)) : LogOnePlus(-Math.Exp(x));
}
