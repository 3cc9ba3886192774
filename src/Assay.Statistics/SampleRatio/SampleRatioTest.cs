using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Pearson's test of the counts against the split.</summary>
/// <param name="ChiSquare">Σ(o − e)²/e over arms with a positive weight.</param>
/// <param name="PValue">Upper tail of χ².</param>
/// <param name="DegreesOfFreedom">Arms with a positive weight, less one.</param>
/// <param name="Expected">Expected count of each arm, 0 for a weight of 0.</param>
/// <param name="UnitsInZeroWeightArm">Whether an arm of weight 0 has units, which is an assignment error of its own.</param>
public sealed record SampleRatioTest(double ChiSquare, double PValue, int DegreesOfFreedom, ImmutableArray<double> Expected, bool UnitsInZeroWeightArm)
{
    /// <summary>ln of the p-value, finite where the p-value underflows.</summary>
    public double LogPValue { get; init; }
}
