using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>POST /experiments/{id}/conversions: the stream of events, by a name the experiment knows, with idempotency keys of its own.</summary>
internal static class RecordConversions
{
    public static SiftedItems Sift(Experiment experiment, ItemBody body, long arrivedAt)
    {
        var sieve = new Sieve(new ArrivalClock(arrivedAt, body.SentAt));
        var known = experiment.Design.Metrics.All.Select(metric => metric.Event).ToHashSet(StringComparer.Ordinal);
        var good = new List<EventItem>(body.Items.Count);
        foreach (var item in body.Items)
        {
            if (!sieve.Take(item)) continue;

            // The set's own string is kept: a batch then holds each name once.
            if (!known.TryGetValue(item.Name!, out var name))
                sieve.Refuse(item, RejectionCodes.UnknownMetric, $"No metric of the experiment uses the event '{item.Name}'.");
            else if (sieve.TryTime(item, out var at, out var isSkewed))
            {
                sieve.Warn(isSkewed, hasNoId: item.Id is null);
                good.Add(new EventItem(item.Index, item.UserId!, name, item.Value ?? 1, at, item.OccurredAt, item.Id, experiment.Key, Properties: null));
            }
        }

        return sieve.Close(new Batch(experiment.Key, arrivedAt) { Events = [.. good] });
    }
}
