using System.Collections.Immutable;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>POST /experiments/{id}/conversions: the stream of events, by a name the experiment knows, with idempotency keys of its own.</summary>
internal static class RecordConversions
{
    public static Task<Results<Ok<Receipt>, ProblemHttpResult>> Handle(string id, HttpContext context, Intake intake) =>
        intake.ReceiveAsync(context, id, ItemShape.Conversions, Sift);

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

/// <summary>The body of <c>/conversions</c> as the API describes it.</summary>
/// <param name="SentAt">The client's clock when it sent the batch: times are corrected by it.</param>
internal sealed record ConversionBatch(ImmutableArray<Conversion> Conversions, DateTimeOffset? SentAt = null);

/// <param name="UserId">1 to 200 characters, exact and case-sensitive.</param>
/// <param name="Metric">An event name that a metric of the experiment uses.</param>
/// <param name="Value">Finite, at most 1e15 in magnitude.</param>
/// <param name="IdempotencyKey">Makes a retry a duplicate, within the experiment.</param>
/// <param name="OccurredAt">RFC 3339 with an offset; the arrival unless given.</param>
internal sealed record Conversion(string UserId, string Metric, double Value = 1, string? IdempotencyKey = null, DateTimeOffset? OccurredAt = null);
