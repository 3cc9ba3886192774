using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>What a set of bounds costs and gains against a fixed test of the same level and power (Jennison &amp; Turnbull 2000, ch. 2).</summary>
/// <param name="Drift">Mean of Z at full information for which the power is reached.</param>
/// <param name="Inflation">Largest size over the fixed size, (drift ÷ fixed drift)².</param>
/// <param name="ExpectedUnderNull">Expected size over the fixed size with no effect.</param>
/// <param name="ExpectedHalfway">The same at half the drift.</param>
/// <param name="ExpectedUnderAlternative">The same at the drift.</param>
public sealed record SequentialDesign(double Drift, double Inflation, double ExpectedUnderNull, double ExpectedHalfway, double ExpectedUnderAlternative)
{
    /// <summary>For given bounds; power counts crossings on the side of the effect, or on either side.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="alpha">Their level, both sides together, at least 1e-30 and below 1.</param>
    /// <param name="power">Wanted power, above the level and below 1.</param>
    /// <param name="eitherSide">Whether a crossing on the wrong side counts as power.</param>
    /// <exception cref="ArgumentOutOfRangeException">A level or a power outside its range, or bounds that cannot be walked or that nothing crosses.</exception>
    public static SequentialDesign Of(Boundaries bounds, double alpha, double power, bool eitherSide = false)
    {
        InformationFractions.Walkable(bounds);
        InformationFractions.Level(alpha);
        InformationFractions.Level(power);
        if (power <= alpha) throw new ArgumentOutOfRangeException(nameof(power), power, "The power must exceed the level.");
        if (double.IsPositiveInfinity(bounds.Z.Min())) throw new ArgumentOutOfRangeException(nameof(bounds), bounds, "Bounds that nothing crosses.");
        if (eitherSide && GroupSequential.Under(bounds, 0) is var none && none.TotalUpper + none.TotalLower >= power) throw new ArgumentOutOfRangeException(nameof(power), power, "The bounds are crossed as often without any effect.");
        var fixedDrift = Normal.InverseSurvival(alpha / bounds.Sides) + Normal.Quantile(power);
        // By sign and not by slope: where the power is certain it is flat. On either side it is the same below 0 as above.
        var drift = Roots.Falling(theta => Shortfall(eitherSide ? Math.Max(0, theta) : theta), 1.05 * fixedDrift, 0.1, 1e-12);
        var inflation = drift / fixedDrift * (drift / fixedDrift);
        return new SequentialDesign(drift, inflation, Expected(0), Expected(drift / 2), Expected(drift));

        double Shortfall(double theta)
        {
            var crossing = GroupSequential.Under(bounds, theta);
            return power - crossing.TotalUpper - (eitherSide ? crossing.TotalLower : 0);
        }

        double Expected(double theta) => inflation * GroupSequential.Under(bounds, theta).ExpectedFraction;
    }
}
