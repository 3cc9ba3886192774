using System.Data.Common;
using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>DELETE /exclusions</c>: the unit counts again, with every row that came meanwhile. Named in the query, since a user id may be what no path keeps apart.</summary>
internal static class LiftExclusion
{
    /// <param name="user_id">Whose exclusion.</param>
    /// <param name="experiment">From which experiment; left out for the exclusion from all.</param>
    public static async Task<Results<Ok<ExclusionLifted>, ProblemHttpResult>> Handle(
        string? user_id, string? experiment, HttpContext context, Caller caller, CommitQueue queue)
    {
        if (string.IsNullOrWhiteSpace(user_id) || user_id.Contains('\0', StringComparison.Ordinal))
            return Problems.InvalidQuery(new ProblemError("user_id", "missing_user_id", "Say whose exclusion is to be lifted."));
        var from = string.IsNullOrEmpty(experiment) ? null : experiment;
        try
        {
            var outcome = await queue.ExcludeAsync(new ExclusionBatch([new ExclusionItem(0, user_id, from, Reason: null)], IsLifting: true, caller.Name), context.RequestAborted);
            return outcome.Fates[0] == ItemFate.Recorded ? TypedResults.Ok(new ExclusionLifted(user_id, from, outcome.Watermark)) : NotExcluded(from);
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return Unavailable.StorageFailed(context);
        }
    }

    private static ProblemHttpResult NotExcluded(string? experiment) => Problems.Of(
        StatusCodes.Status404NotFound,
        "not_excluded",
        "Not excluded",
        experiment is null
            ? "No exclusion of this unit from all experiments is in force; one from a single experiment is lifted with its key."
            : $"No exclusion of this unit from '{experiment}' is in force; one from all experiments is lifted without a key.");
}

/// <summary>An exclusion that is no longer in force.</summary>
/// <param name="Experiment">Null for the exclusion from all.</param>
/// <param name="Watermark">The commit that lifted it: in a readout that is not older the unit counts.</param>
internal sealed record ExclusionLifted(string UserId, string? Experiment, long Watermark);
