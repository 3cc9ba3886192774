using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>E[(X − Y)⁺] = ∫ P(Y ≤ x)·P(X &gt; x) dx for two independent Beta variables of any shapes, on the logit scale, where the integrand is log-concave.</summary>
internal static class ExcessIntegral
{
    /// <summary>The integral, relative to its own size.</summary>
    public static double Of(BetaShapes x, BetaShapes y)
    {
        BetaLogit small = new(y), large = new(x);
        Span<double> breaks = stackalloc double[10];
        var count = small.Breaks(large.Scale, breaks);
        count += large.Breaks(small.Scale, breaks[count..]);
        return LogConcaveIntegral.Of(new Between(small, large), 0.5 * (small.Mode + large.Mode), Math.Min(small.Scale, large.Scale), breaks[..count]);
    }

    private readonly struct Between(BetaLogit small, BetaLogit large) : IConcave
    {
        public double Log(double u) => small.LogTails(u).Lower + large.LogTails(u).Upper - Math.Abs(u) - (2 * Elementary.LogOnePlus(Math.Exp(-Math.Abs(u))));

        public double Slope(double u) =>
            Math.Exp(small.LogDensity(u) - small.LogTails(u).Lower) - Math.Exp(large.LogDensity(u) - large.LogTails(u).Upper) - Math.Tanh(u / 2);
    }
}
