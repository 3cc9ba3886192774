using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>The units of one arm on one metric in one population, summed over its maturity buckets.</summary>
internal sealed class ArmUnits
{
    /// <summary>Below it the cube that a skewness is measured by is no double.</summary>
    private const double LeastSpread = 1e-180;

    private readonly Accumulator? _sum;
    private readonly MetricType _type;
    private readonly double? _skewness;

    public ArmUnits(int arm, MetricType type, Accumulator? sum, int columns)
    {
        Arm = arm;
        _type = type;
        _sum = sum;
        Count = sum?.Count ?? 0;
        Converted = sum?.Converted ?? 0;
        Joint = sum is null ? new Accumulator(columns).ToMoments() : sum.ToMoments();
        Moments = Joint.Column(0);
    }

    /// <summary>Units that only their moments are known of, without covariates and without skew: those of a simulation.</summary>
    public ArmUnits(int arm, MetricType type, Moments moments, long converted)
    {
        Arm = arm;
        _type = type;
        Joint = new JointMoments(moments.Count, [moments.Mean], [moments.SquaredDeviations]);
        Moments = moments;
        Count = moments.Count;
        Converted = converted;
        _skewness = 0;
    }

    public int Arm { get; }

    public long Count { get; }

    public long Converted { get; }

    public long Events => _sum?.Events ?? 0;

    public long LateArrivals => _sum?.LateArrivals ?? 0;

    public long Crossovers => _sum?.Crossovers ?? 0;

    /// <summary>Value (column 0) and covariates.</summary>
    public JointMoments Joint { get; }

    /// <summary>The value alone.</summary>
    public Moments Moments { get; }

    /// <summary>The mean as an estimate: a proportion with pq/n, any other mean with s²/n.</summary>
    public Outcome<Estimate> Mean =>
        Count < 2 ? (Count == 0 ? Reason.NoUnits : Reason.TooFewUnits)
        : _type == MetricType.Binary ? Proportions.Estimate(Converted, Count)
        : Statistics.Mean.Of(Moments);

    /// <summary>Whether the mean may be treated as normal at every look: 100 conversions and as many units without one, or an effective size by skewness.</summary>
    public bool IsNormalEnough => _type == MetricType.Binary
        ? Math.Min(Converted, Count - Converted) >= AlwaysValid.MinimumEffectiveCount
        : Moments.SquaredDeviations / Count > LeastSpread && AlwaysValid.IsNormalEnough(Count, Skewness);

    /// <summary>The units at which the mean may be treated as normal, if values stay as uneven as they are: an estimate. Null where nothing tells.</summary>
    public double? UnitsNeeded =>
        _type == MetricType.Binary ? Math.Min(Converted, Count - Converted) is > 0 and var rarer ? AlwaysValid.MinimumEffectiveCount * Count / (double)rarer : null
        : Count > 0 && Moments.SquaredDeviations / Count > LeastSpread ? AlwaysValid.MinimumEffectiveCount * Math.Max(1, Skewness * Skewness) : null;

    public ArmReadout ToReadout(Design design) => new()
    {
        VariationIndex = Arm,
        VariationKey = design.Setup.Variations[Arm].Key,
        ExposedUsers = Count,
        ConvertedUsers = Converted,
        Mean = Count == 0 ? null : Moments.Mean,
        Std = Count < 2 ? null : Math.Sqrt(Moments.Variance),
    };

    /// <summary>Third central moment over the cube of the standard deviation.</summary>
    public double Skewness => _skewness ?? _sum!.Sums.ThirdCentralSum(Count) / Count / Math.Pow(Moments.SquaredDeviations / Count, 1.5);
}
