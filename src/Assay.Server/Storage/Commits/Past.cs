using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>An experiment as a commit that was left it: accumulators from its rows, and what no row tells by going back from what is known now.</summary>
internal static class Past
{
    /// <param name="state">The experiment as it is.</param>
    /// <param name="measured">What the commit's rows come to.</param>
    /// <param name="view">The commit.</param>
    /// <param name="later">What the commits since have counted, the last one first.</param>
    /// <param name="erasedSince">Units that the installation has erased since, whatever they were in.</param>
    public static MeasuredExperiment Picture(ViewState state, FullMeasure measured, PastView view, IEnumerable<byte[]> later, long erasedSince)
    {
        var (receipts, rearmed, last) = (state.Receipts.ToBuilder(), state.Rearmed, state.LastEventAt);
        foreach (var counted in later)
        {
            if (ArrivalPacking.Find(counted, state.Id) is not { } change) continue;
            rearmed -= change.Rearmed;
            if (change.HasLast) last = change.LastBefore;
            foreach (var (key, totals) in change.Receipts)
            {
                var left = receipts[key].Minus(totals);
                if (left == default) receipts.Remove(key);
                else receipts[key] = left;
            }
        }

        return new MeasuredExperiment(state.Key, view.Watermark, view.Watermark, last, rearmed, measured.Accumulators.ToImmutable())
        {
            // Of how many the experiment had rows is known in all, not by commit: the lesser of the two is the most it can be.
            Erased = Math.Min(erasedSince, state.Erased),
            SealedAt = state.SealedAt,
            Receipts = receipts.ToImmutable(),
        };
    }
}
