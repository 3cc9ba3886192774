using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>P(X &gt; Y) and E[(X − Y)⁺] for two independent Beta variables where the first shape of X is a small whole number: finite sums of positive terms (Miller 2015).</summary>
/// <remarks>
/// P(X &gt; x) = Σᵢ (b)ᵢ/i! · xⁱ(1 − x)ᵇ over i &lt; a, so P(X &gt; Y) = Σᵢ B(c + i, d + b) ÷ ((b + i)·B(1 + i, b)·B(c, d)) for Y ~ Beta(c, d);
/// E[(X − Y)⁺] = Σᵢ b ÷ ((b + i)(b + i + 1)) · P(Beta(i + 1, b + 1) &gt; Y), i &lt; a.
/// </remarks>
internal static class FewConversions
{
    /// <summary>Of so many terms none is 1e308 times the first, whatever the counts.</summary>
    private const double MostTerms = 16;

    /// <summary>Whether X has such a shape, or 1 − Y, which is above 1 − X as often and by as much.</summary>
    public static bool TryTurn(ref BetaShapes x, ref BetaShapes y)
    {
        if (IsSmall(x.A) && !(IsSmall(y.B) && y.B < x.A)) return true;
        if (!IsSmall(y.B)) return false;
        (x, y) = (y.Mirror(), x.Mirror());
        return true;
    }

    /// <summary>P(X &gt; Y).</summary>
    public static double Above(BetaShapes x, BetaShapes y)
    {
        double term = 1, sum = 1;
        for (var i = 0; i < x.A - 1; i++) sum += term *= Ratio(i, x.B, y);
        return Math.Exp(LogFirst(x.B, y) + Math.Log(sum));
    }

    /// <summary>E[(X − Y)⁺].</summary>
    public static double Excess(BetaShapes x, BetaShapes y)
    {
        // The probabilities of Beta(i + 1, b + 1) are each the one before and a term more.
        double b = x.B, term = 1, above = 1, sum = 0;
        for (var i = 0; i < x.A; i++)
        {
            sum += above * (b / (b + i)) / (b + i + 1);
            above += term *= Ratio(i, b + 1, y);
        }

        return Math.Exp(LogFirst(b + 1, y) + Math.Log(sum));
    }

    private static bool IsSmall(double shape) => shape <= MostTerms && shape == Math.Floor(shape);

    /// <summary>ln of B(c, d + b) ÷ B(c, d), the chance that Y is below Beta(1, b): by Stirling's formula with the large terms taken together.</summary>
    private static double LogFirst(double b, BetaShapes y)
    {
        double c = y.A, d = y.B, all = c + d + b;
        return ((d - 0.5) * Elementary.LogOnePlus(b / d * (c / all))) + (b * LogShare(d + b, c)) + (c * LogShare(c + d, b))
            + LogGamma.StirlingRemainder(d + b) + LogGamma.StirlingRemainder(c + d) - LogGamma.StirlingRemainder(d) - LogGamma.StirlingRemainder(all);
    }

    /// <summary>ln(part ÷ (part + rest)), from the smaller of both.</summary>
    private static double LogShare(double part, double rest) => rest < part ? Elementary.LogOnePlus(-rest / (part + rest)) : Math.Log(part / (part + rest));

    /// <summary>A term over the one before it.</summary>
    private static double Ratio(int i, double b, BetaShapes y) => (y.A + i) / (y.A + y.B + b + i) * ((b + i) / (i + 1));
}
