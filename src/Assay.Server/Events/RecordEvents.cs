using System.Collections.Immutable;
using System.Text.Json;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>POST /events: the installation's stream, whether or not an experiment names the event yet.</summary>
internal static class RecordEvents
{
    public static Task<Results<Ok<Receipt>, ProblemHttpResult>> Handle(HttpContext context, Intake intake, EventNames names) =>
        intake.ReceiveAsync(context, ItemShape.Events, async (body, arrivedAt) =>
        {
            var used = await names.InUseAsync(context.RequestAborted);
            return Sift(used.Contains, body, arrivedAt);
        });

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

/// <summary>The body of <c>/events</c> as the API describes it.</summary>
/// <param name="SentAt">The client's clock when it sent the batch: times are corrected by it.</param>
internal sealed record EventBatch(ImmutableArray<Event> Events, DateTimeOffset? SentAt = null);

/// <param name="Id">Makes a retry a duplicate, within the installation.</param>
/// <param name="UserId">1 to 200 characters, exact and case-sensitive.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Value">Finite, at most 1e15 in magnitude.</param>
/// <param name="OccurredAt">RFC 3339 with an offset; the arrival unless given.</param>
internal sealed record Event(string Id, string UserId, string Name, double Value = 1, DateTimeOffset? OccurredAt = null, JsonElement? Properties = null);
