using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>An experiment as a commit that was left it: accumulators from its rows, and what no row tells by going back from what is known now.</summary>
/// <param name="state">The experiment as it is.</param>
internal sealed class Past(ViewState state)
{
    private readonly ImmutableDictionary<ReceiptKey, ReceiptTotals>.Builder _receipts = state.Receipts.ToBuilder();
    private long _rearmed = state.Rearmed;
    private long? _last = state.LastEventAt;

    /// <summary>Goes back before a commit, whichever of those since it is: what was counted is a sum, and the time of the last event only grows, so that none of them has to wait for another.</summary>
    /// <param name="counted">What it counted, packed.</param>
    /// <exception cref="DamagedStorageException">It counted what the experiment has not.</exception>
    public void GoBefore(ReadOnlySpan<byte> counted)
    {
        if (ArrivalPacking.Find(counted, state.Id) is not { } change) return;
        _rearmed -= change.Rearmed;
        if (change.HasLast && (change.LastBefore is not { } before || before < _last)) _last = change.LastBefore;
        foreach (var (key, totals) in change.Receipts)
        {
            if (!_receipts.TryGetValue(key, out var known)) throw new DamagedStorageException($"What commits counted of '{state.Key}' does not add up.");
            if (known.Minus(totals) is var left && left == default) _receipts.Remove(key);
            else _receipts[key] = left;
        }
    }

    /// <param name="measured">What the commit's rows come to.</param>
    /// <param name="view">The commit.</param>
    /// <param name="erasedSince">Units that the installation has erased since, whatever they were in.</param>
    public MeasuredExperiment Picture(FullMeasure measured, PastView view, long erasedSince) => new(state.Key, view.Watermark, view.Watermark, _last, _rearmed, measured.Accumulators.ToImmutable())
    {
        // Of how many the experiment had rows is known in all, not by commit: the lesser of the two is the most it can be.
        Erased = Math.Min(erasedSince, state.Erased),
        SealedAt = state.SealedAt,
        Receipts = _receipts.ToImmutable(),
    };
}
