using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>What a rule for reading a two-sided test early costs and gains, for the effect that the fixed test of the same level finds with a given power (crossing probabilities by Armitage, McPherson &amp; Rowe 1969).</summary>
/// <param name="FalsePositiveRate">Probability of ever crossing without an effect, at the given looks.</param>
/// <param name="Power">Probability of crossing on the side of the effect by the last look.</param>
/// <param name="ExpectedFraction">Expected size when the rule stops, over the fixed size.</param>
/// <param name="Inflation">Size over the fixed size at which the power is the fixed test's; null where the rule exceeds its level, so that no size is comparable.</param>
/// <param name="ExpectedAtInflation">Expected size at that size, over the fixed size.</param>
/// <param name="FinalWidth">Width of the interval at the last look over the fixed test's; +∞ where the last look spends nothing.</param>
public sealed record RelativeEfficiency(
    double FalsePositiveRate, double Power, double ExpectedFraction, double? Inflation, double? ExpectedAtInflation, double FinalWidth)
{
    // A rule that holds its level to the accuracy of the recursion holds it.
    private const double Slack = 1e-9;

    /// <summary>Of two-sided bounds whose last look is at full information.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="alpha">Two-sided level of the fixed test, at least 1e-30 and below 1.</param>
    /// <param name="power">Its power, above the level and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A level or a power outside its range, or bounds that cannot be walked.</exception>
    public static RelativeEfficiency Of(Boundaries bounds, double alpha, double power)
    {
        InformationFractions.Walkable(bounds);
        InformationFractions.Level(alpha);
        InformationFractions.Level(power);
        var critical = Normal.TwoSidedCritical(alpha);
        var none = GroupSequential.Under(bounds, 0);
        var planned = GroupSequential.Under(bounds, critical + Normal.Quantile(power));
        var level = none.TotalUpper + none.TotalLower;
        var design = level <= alpha + Slack ? SequentialDesign.Of(bounds, alpha, power) : null;
        return new RelativeEfficiency(level, planned.TotalUpper, planned.ExpectedFraction, design?.Inflation, design?.ExpectedUnderAlternative, bounds.Z[^1] / critical);
    }
}
