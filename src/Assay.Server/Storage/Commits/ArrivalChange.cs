using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>What a commit counted of an experiment that no row tells.</summary>
/// <param name="Experiment">The experiment's number.</param>
/// <param name="Rearmed">Units that changed arm.</param>
/// <param name="HasLast">Whether the time of the last event moved.</param>
/// <param name="LastBefore">What it was before.</param>
/// <param name="Receipts">Items by variation and day of arrival.</param>
internal sealed record ArrivalChange(int Experiment, long Rearmed, bool HasLast, long? LastBefore, IReadOnlyCollection<KeyValuePair<ReceiptKey, ReceiptTotals>> Receipts)
{
    public static ArrivalChange Of(ViewDraft draft) =>
        new(draft.State.Id, draft.Rearmed - draft.State.Rearmed, draft.LastEventAt != draft.State.LastEventAt, draft.State.LastEventAt, draft.Receipts);

    /// <summary>An experiment that is opened sees events that were there before it.</summary>
    public static ArrivalChange OfOpening(ViewState? known, ViewState next) =>
        new(next.Id, 0, next.LastEventAt != known?.LastEventAt, known?.LastEventAt, []);

    public bool IsEmpty => Rearmed == 0 && !HasLast && Receipts.Count == 0;
}
