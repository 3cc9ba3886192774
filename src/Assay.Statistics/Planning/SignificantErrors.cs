using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>What a significant result of a given design is worth (Gelman &amp; Carlin 2014).</summary>
/// <param name="WrongSign">Type S: probability that a significant estimate has the wrong sign; NaN for a zero effect, which has none.</param>
/// <param name="Exaggeration">Type M: E|estimate| ÷ |effect| among significant ones; NaN for a zero effect.</param>
public readonly record struct SignificantErrors(double WrongSign, double Exaggeration)
{
    /// <summary>For a two-sided normal test of an effect with a given standard error.</summary>
    public static SignificantErrors Of(double effect, double standardError, double alpha)
    {
        var power = Power.OfEffect(effect, standardError, alpha);
        double z = Normal.TwoSidedCritical(alpha), shift = Math.Abs(effect) / standardError;
        // E[|X|; |X| > z] for X ~ N(shift, 1).
        var size = Normal.Density(z - shift) + Normal.Density(z + shift) + (shift * (Normal.Cdf(shift - z) - Normal.Cdf(-shift - z)));
        return shift == 0 ? new SignificantErrors(double.NaN, double.NaN) : new SignificantErrors(Normal.Cdf(-shift - z) / power, size / power / shift);
    }
}
