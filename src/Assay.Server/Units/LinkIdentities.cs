using System.Collections.Immutable;
using System.Data.Common;
using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>POST /identities</c>: two ids are one person. An anonymous id has one link, the first that is sent.</summary>
internal static class LinkIdentities
{
    public static async Task<Results<Ok<IdentityReceipt>, ProblemHttpResult>> Handle(
        HttpContext context, Caller caller, CommitQueue queue, IEventStore store, ExpansionBudget expansion)
    {
        var (body, problem) = await RequestBody.ReadAsync(context.Request, ItemShape.Identities, expansion, context.RequestAborted);
        if (problem is not null) return problem;
        var rejected = new List<Rejection>();
        var good = new List<LinkItem>(body!.Items.Count);
        foreach (var item in body.Items)
        {
            if (item.Flaw is { } flaw) rejected.Add(new Rejection(item.Index, flaw.Code, flaw.Detail));
            else if (item.AnonymousId == item.UserId) rejected.Add(new Rejection(item.Index, RejectionCodes.SelfLink, "Both ids are the same, which links nobody."));
            else good.Add(new LinkItem(item.Index, item.AnonymousId!, item.UserId!));
        }

        try
        {
            var outcome = good.Count == 0
                ? new LinkOutcome([], store.Watermark)
                : await queue.LinkAsync(new LinkBatch([.. good], IsLifting: false, caller.Name), context.RequestAborted);
            return outcome is null ? Unavailable.Overloaded(context, "More is waiting than can be committed soon.") : TypedResults.Ok(Receipt(body.Items.Count, good, rejected, outcome));
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return Unavailable.StorageFailed(context);
        }
    }

    private static IdentityReceipt Receipt(int received, List<LinkItem> items, List<Rejection> rejected, LinkOutcome outcome)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (outcome.Fates[i] == LinkFate.Conflict)
                rejected.Add(new Rejection(items[i].Index, RejectionCodes.ConflictingLink, "The anonymous_id is linked to another user_id, which stays; lift that link first."));
            else if (outcome.Fates[i] == LinkFate.Cycle)
                rejected.Add(new Rejection(items[i].Index, RejectionCodes.IdentityCycle, "The user_id is linked to the anonymous_id already: they are one person."));
        }

        return new IdentityReceipt(
            received,
            outcome.Fates.Count(fate => fate == LinkFate.Recorded),
            outcome.Fates.Count(fate => fate == LinkFate.Duplicate),
            [.. rejected.OrderBy(rejection => rejection.Index)],
            outcome.Watermark);
    }
}

/// <summary>The body of <c>/identities</c> as the API describes it.</summary>
internal sealed record IdentityRequest(ImmutableArray<IdentityEntry> Identities);

/// <param name="AnonymousId">The id that was used before, 1 to 200 characters, exact and case-sensitive; seen or not.</param>
/// <param name="UserId">The id that is used from then on, 1 to 200 characters; it may itself be linked to another.</param>
internal sealed record IdentityEntry(string AnonymousId, string UserId);

/// <summary>What became of every link of a request: <c>received = recorded + deduplicated + rejected.length</c>.</summary>
/// <param name="Recorded">New ones.</param>
/// <param name="Deduplicated">Those in force already.</param>
/// <param name="Watermark">The commit that holds them: a readout that is not older knows of them.</param>
internal sealed record IdentityReceipt(int Received, int Recorded, int Deduplicated, ImmutableArray<Rejection> Rejected, long Watermark);
