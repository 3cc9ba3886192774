using System.Collections.Immutable;
using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>What became of every item of a request: <c>received = recorded + deduplicated + rejected.length</c>.</summary>
/// <param name="Watermark">The commit that holds the recorded items.</param>
internal sealed record Receipt(
    int Received, int Recorded, int Deduplicated, ImmutableArray<Rejection> Rejected, ImmutableArray<Warning> Warnings, long Watermark)
{
    /// <summary>The receipt of a sifted request, given what the commit made of its good items.</summary>
    public static Receipt Of(SiftedItems sifted, BatchOutcome outcome)
    {
        int recorded = 0, deduplicated = 0;
        var rejected = sifted.Rejected.ToBuilder();
        for (var i = 0; i < outcome.Fates.Length; i++)
        {
            switch (outcome.Fates[i])
            {
                case ItemFate.Recorded:
                    recorded++;
                    break;
                case ItemFate.Duplicate:
                    deduplicated++;
                    break;
                case ItemFate.BeforeRetention:
                    rejected.Add(new Rejection(IndexOf(sifted.Batch, i), RejectionCodes.BeforeRetention, "Rows of this time have been removed: whether it had come before cannot be told."));
                    break;
                default:
                    rejected.Add(new Rejection(IndexOf(sifted.Batch, i), RejectionCodes.ConflictingDuplicate, "This id was recorded before with other content; the first is kept."));
                    break;
            }
        }

        rejected.Sort((a, b) => a.Index.CompareTo(b.Index));
        return new Receipt(sifted.Received, recorded, deduplicated, rejected.ToImmutable(), sifted.Warnings, outcome.Watermark);
    }

    /// <summary>Fates stand in the batch's order: exposures, events, covariates.</summary>
    private static int IndexOf(Batch batch, int place)
    {
        if (place < batch.Exposures.Length) return batch.Exposures[place].Index;
        place -= batch.Exposures.Length;
        return place < batch.Events.Length ? batch.Events[place].Index : batch.Covariates[place - batch.Events.Length].Index;
    }
}

/// <summary>Something a client should know about items that were taken all the same.</summary>
/// <param name="Code"><c>no_id</c>: a retry would count twice; <c>skewed</c>: the clock ran ahead and the time was set to the arrival; <c>unused_name</c>: no experiment uses the event.</param>
/// <param name="Count">Items concerned.</param>
internal sealed record Warning(string Code, int Count);
