using System.Data.Common;
using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>DELETE /identities</c>: a link that was a mistake ends, and its sides are measured apart again.</summary>
internal static class LiftIdentity
{
    /// <param name="anonymous_id">Whose link.</param>
    public static async Task<Results<Ok<IdentityLifted>, ProblemHttpResult>> Handle(string? anonymous_id, HttpContext context, Caller caller, CommitQueue queue)
    {
        if (string.IsNullOrWhiteSpace(anonymous_id) || anonymous_id.Contains('\0', StringComparison.Ordinal))
            return Problems.InvalidQuery(new ProblemError("anonymous_id", "missing_anonymous_id", "Say whose link is to be lifted."));
        try
        {
            if (await queue.LinkAsync(new LinkBatch([new LinkItem(0, anonymous_id, "")], IsLifting: true, caller.Name), context.RequestAborted) is not { } outcome)
                return Unavailable.Overloaded(context, "More is waiting than can be committed soon.");
            return outcome.Fates[0] == LinkFate.Recorded
                ? TypedResults.Ok(new IdentityLifted(anonymous_id, outcome.Watermark))
                : Problems.Of(StatusCodes.Status404NotFound, "not_linked", "Not linked", "No link of this anonymous_id is in force; a link is lifted by the id that it goes from.");
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return Unavailable.StorageFailed(context);
        }
    }
}

/// <summary>A link that is no longer in force.</summary>
/// <param name="AnonymousId">Whose it was.</param>
/// <param name="Watermark">The commit that lifted it: in a readout that is not older its sides are two.</param>
internal sealed record IdentityLifted(string AnonymousId, long Watermark);
