using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>What a significant result of a given design is worth (Gelman &amp; Carlin 2014).</summary>
/// <param name="WrongSign">Type S: probability that a significant estimate has the wrong sign.</param>
/// <param name="Exaggeration">Type M: E|estimate| ÷ |effect| among significant ones; +∞ where that is beyond a double.</param>
public readonly record struct SignificantErrors(double WrongSign, double Exaggeration)
{
    /// <summary>For a two-sided normal test of an effect with a given standard error; undetermined for no effect, which has no sign.</summary>
    public static Outcome<SignificantErrors> Of(double effect, double standardError, double alpha)
    {
        var power = Power.OfEffect(effect, standardError, alpha);
        double z = Normal.TwoSidedCritical(alpha), shift = Math.Abs(effect) / standardError;
        // E[|X|; |X| > z] for X ~ N(shift, 1).
        var size = Normal.Density(z - shift) + Normal.Density(z + shift) + (shift * (Normal.Cdf(shift - z) - Normal.Cdf(-shift - z)));
        if (shift == 0 || !double.IsFinite(1 / shift)) return Reason.NoSolution;
        return power > 0 ? new SignificantErrors(Normal.Cdf(-shift - z) / power, size / power / shift) : Reason.Overflow;
    }
}
