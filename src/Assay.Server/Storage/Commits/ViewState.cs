using System.Collections.Immutable;
using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>An experiment at one commit; never changed, so readers need no lock.</summary>
internal sealed record ViewState(int Id, string Key)
{
    /// <summary>Null until the experiment is opened.</summary>
    public UnitMeasure? Measure { get; init; }

    /// <summary>Grows with every change that is stored, where several processes may make one; otherwise it is only counted.</summary>
    public long Revision { get; init; }

    public ImmutableDictionary<AccumulatorKey, Accumulator> Accumulators { get; init; } = ImmutableDictionary<AccumulatorKey, Accumulator>.Empty;

    public long TouchedBy { get; init; }

    public long? LastEventAt { get; init; }

    public long Rearmed { get; init; }

    public long CompactedThrough { get; init; }

    /// <summary>Units that had rows here and were erased.</summary>
    public long Erased { get; init; }

    /// <summary>When its rows went: nothing measures it any more. Null while they are there.</summary>
    public long? SealedAt { get; init; }

    /// <summary>Items received, by variation and UTC day of arrival.</summary>
    public ImmutableDictionary<ReceiptKey, ReceiptTotals> Receipts { get; init; } = ImmutableDictionary<ReceiptKey, ReceiptTotals>.Empty;

    public ImmutableDictionary<string, EventTotal> Events { get; init; } = ImmutableDictionary<string, EventTotal>.Empty.WithComparers(StringComparer.Ordinal);

    public bool Sees(string name, long at) => Measure is { } measure && measure.Sees(name, at);

    public MeasuredExperiment? ToPicture(long watermark) =>
        Measure is null ? null : new MeasuredExperiment(Key, watermark, TouchedBy, LastEventAt, Rearmed, Accumulators) { Erased = Erased, SealedAt = SealedAt, Receipts = Receipts };

    public IngestionCounts ToCounts(long watermark)
    {
        var exposures = Receipts.Where(receipt => receipt.Key.Variation != ReceiptKey.NoVariation)
            .GroupBy(receipt => receipt.Key.Variation, receipt => receipt.Value.Recorded)
            .Select(recorded => new VariationCount(recorded.Key, recorded.Sum()))
            .Where(count => count.Count > 0)
            .OrderBy(count => count.VariationIndex)
            .ToImmutableArray();
        var plans = Measure?.View.Plans ?? [];
        return new IngestionCounts(
            exposures.Sum(count => count.Count),
            exposures,
            Events.Values.Sum(total => total.Count),
            [.. plans.Select(plan => (plan.Metric, Total: Events.GetValueOrDefault(plan.Event))).Select(found => new MetricCount(found.Metric, found.Total?.Count ?? 0, found.Total?.Values.Round() ?? 0))],
            Receipts.Values.Sum(totals => totals.Duplicate),
            plans.IsEmpty ? 0 : Accumulators.Where(entry => entry.Key.Slice.Length == 0 && entry.Key.Metric == plans[0].Metric).Sum(entry => entry.Value.Crossovers),
            Receipts.Values.Sum(totals => totals.Refused),
            LastEventAt,
            watermark);
    }
}

/// <summary>Stored events of one name that the experiment sees, whatever route they came by.</summary>
internal sealed record EventTotal(long Count, ExactSum Values)
{
    /// <summary>The sum as every engine stores it.</summary>
    public byte[] EncodeValues()
    {
        var bytes = new byte[Values.EncodedLength];
        Values.Write(bytes);
        return bytes;
    }
}
