namespace Assay.Statistics.Distributions;

/// <summary>The logarithmic derivative of Γ.</summary>
internal static class Digamma
{
    private const double SeriesFrom = 16;

    /// <summary>ψ(x) for x &gt; 0: ln x − 1 ÷ 2x − Σ B₂ₖ ÷ (2k x²ᵏ) (Abramowitz &amp; Stegun 6.3.18), reached from below by ψ(x) = ψ(x + 1) − 1/x.</summary>
    public static double Of(double x)
    {
        double below = 0;
        while (x < SeriesFrom) below += 1 / x++;
        var z = 1 / (x * x);
        var series = z * ((1.0 / 12) - (z * ((1.0 / 120) - (z * ((1.0 / 252) - (z * ((1.0 / 240) - (z * ((1.0 / 132) - (z * (691.0 / 32760)))))))))));
        return Math.Log(x) - (0.5 / x) - series - below;
    }
}
