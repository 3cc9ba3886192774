using System.Collections.Immutable;

namespace Assay.Analysis.Measurement;

/// <summary>An immutable picture of an experiment's accumulators at one commit.</summary>
/// <param name="Key">The experiment.</param>
/// <param name="Watermark">The installation's commit number when the picture was taken.</param>
/// <param name="TouchedBy">The last commit that changed anything of this experiment.</param>
/// <param name="LastEventAt">Latest corrected time of an exposure or a known event, microseconds.</param>
/// <param name="Rearmed">Units whose arm a late exposure changed.</param>
/// <param name="Accumulators">Metric accumulators and, under <see cref="AccumulatorKey.Timing"/>, event timing.</param>
public sealed record MeasuredExperiment(
    string Key, long Watermark, long TouchedBy, long? LastEventAt, long Rearmed, ImmutableDictionary<AccumulatorKey, Accumulator> Accumulators)
{
    /// <summary>Units that had rows here and were erased: what was read before is not what would be computed again.</summary>
    public long Erased { get; init; }

    /// <summary>When its rows went, microseconds; null while they are there, and it can be computed again.</summary>
    public long? SealedAt { get; init; }

    /// <summary>Items received, by variation and UTC day of arrival.</summary>
    public ImmutableDictionary<ReceiptKey, ReceiptTotals> Receipts { get; init; } = ImmutableDictionary<ReceiptKey, ReceiptTotals>.Empty;
}

/// <summary>Where an accumulator stands: nothing is re-keyed when epochs, segments or a timeline arrive.</summary>
/// <param name="Epoch">Allocation epoch.</param>
/// <param name="Arm">Arm index, −1 holdout, −2 unexposed, −3 excluded.</param>
/// <param name="Metric">Metric name, or <see cref="Timing"/>.</param>
/// <param name="Slice">'' for all units, otherwise attribute=value (<see cref="SegmentPlan.Slice"/>): units are in '' and in one slice a segment, so whoever sums over slices counts them again. <see cref="Age"/> is no segment.</param>
/// <param name="MaturesAt">Maturity bucket, microseconds.</param>
public readonly record struct AccumulatorKey(int Epoch, int Arm, string Metric, string Slice, long MaturesAt)
{
    /// <summary>The pseudo-metric that holds event timing: empty, since no metric can be named so.</summary>
    public const string Timing = "";

    /// <summary>The slice that holds all units again, with a column an age instead of value and covariates: no segment has a name without <see cref="SegmentPlan.Divider"/>.</summary>
    public const string Age = "age";

    /// <summary>Whether it holds values by age.</summary>
    public bool IsByAge => string.Equals(Slice, Age, StringComparison.Ordinal);
}
