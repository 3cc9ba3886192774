namespace Assay.Statistics.Distributions;

/// <summary>ln Γ, ln B and the remainder of Stirling's formula, from which differences are taken without cancellation.</summary>
internal static class LogGamma
{
    private const double SeriesFrom = 16;

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double Of(double x)
    {
        if (x is 1 or 2) return 0;
        if (x >= SeriesFrom) return ((x - 0.5) * Math.Log(x)) - x + Elementary.HalfLnTwoPi + Series(x);
        double product = 1, shifted = x;
        while (shifted < SeriesFrom) product *= shifted++;
        return ((shifted - 0.5) * Math.Log(shifted)) - shifted + Elementary.HalfLnTwoPi + Series(shifted) - Math.Log(product);
    }

    /// <summary>δ(x) = ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π]: what Stirling's formula leaves over, about 1 ÷ 12x.</summary>
    public static double StirlingRemainder(double x)
    {
        if (x >= SeriesFrom) return Series(x);
        // δ(x) = δ(x + 1) + (x + ½) ln(1 + 1/x) − 1.
        double rest = 0;
        while (x < SeriesFrom)
        {
            rest += ((x + 0.5) * Elementary.LogOnePlus(1 / x)) - 1;
            x++;
        }

        return rest + Series(x);
    }

    /// <summary>ln B(a, b) for a, b &gt; 0.</summary>
    public static double Beta(double a, double b)
    {
        var large = Math.Max(a, b);
        var small = Math.Min(a, b);
        if (large < SeriesFrom) return Of(a) + Of(b) - Of(a + b);
        var lnLarge = -Elementary.LogOnePlus(small / large);
        var tail = StirlingRemainder(large) - StirlingRemainder(large + small);
        return small < 1
            ? Of(small) + ((large - 0.5) * lnLarge) - (small * Math.Log(large + small)) + small + tail
            : Elementary.HalfLnTwoPi + ((large - 0.5) * lnLarge) + ((small - 0.5) * Math.Log(small / (large + small)))
                - (0.5 * Math.Log(large + small)) + StirlingRemainder(small) + tail;
    }

    /// <summary>The asymptotic series Σ B₂ₖ ÷ (2k(2k − 1)x²ᵏ⁻¹) (Abramowitz &amp; Stegun 6.1.41), good to 1e-18 for x ≥ 16.</summary>
    private static double Series(double x)
    {
        var z = 1 / (x * x);
        return (((((((((((1.0 / 156) * z) - (691.0 / 360360)) * z) + (1.0 / 1188)) * z) - (1.0 / 1680)) * z) + (1.0 / 1260)) * z - (1.0 / 360)) * z + (1.0 / 12)) / x;
    }
}
