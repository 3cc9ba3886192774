using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>POST /events: the installation's stream, whether or not an experiment names the event yet.</summary>
internal static class RecordEvents
{
    /// <param name="isUsed">Whether an experiment that is not archived uses an event of that name.</param>
    public static SiftedItems Sift(Func<string, bool> isUsed, ItemBody body, long arrivedAt)
    {
        var sieve = new Sieve(new ArrivalClock(arrivedAt, body.SentAt));
        var good = new List<EventItem>(body.Items.Count);
        foreach (var item in body.Items)
        {
            if (!sieve.Take(item) || !sieve.TryTime(item, out var at, out var isSkewed)) continue;
            sieve.Warn(isSkewed, hasUnusedName: !isUsed(item.Name!));
            good.Add(new EventItem(item.Index, item.UserId!, item.Name!, item.Value ?? 1, at, item.OccurredAt, item.Id, Scope: null, item.Properties));
        }

        return sieve.Close(new Batch(Experiment: null, arrivedAt) { Events = [.. good] });
    }
}
