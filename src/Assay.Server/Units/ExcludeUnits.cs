using System.Collections.Immutable;
using System.Data.Common;
using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>POST /exclusions</c>: bots, employees and test accounts stop counting. What is excluded already stays so, with its first reason.</summary>
internal static class ExcludeUnits
{
    public static async Task<Results<Ok<ExclusionReceipt>, ProblemHttpResult>> Handle(
        HttpContext context, Caller caller, CommitQueue queue, IEventStore store, ExperimentDirectory experiments, ExpansionBudget expansion)
    {
        var cancellation = context.RequestAborted;
        var (body, problem) = await RequestBody.ReadAsync(context.Request, ItemShape.Exclusions, expansion, cancellation);
        if (problem is not null) return problem;
        var rejected = ImmutableArray.CreateBuilder<Rejection>();
        var unknown = await UnknownAsync(body!, experiments, cancellation);
        var good = new List<ExclusionItem>(body!.Items.Count);
        foreach (var item in body.Items)
        {
            if (item.Flaw is { } flaw) rejected.Add(new Rejection(item.Index, flaw.Code, flaw.Detail));
            else if (item.Name is { } key && unknown.Contains(key)) rejected.Add(new Rejection(item.Index, RejectionCodes.UnknownExperiment, $"There is no experiment '{key}'."));
            else good.Add(new ExclusionItem(item.Index, item.UserId!, item.Name, item.Reason));
        }

        try
        {
            var outcome = good.Count == 0 ? new BatchOutcome([], store.Watermark) : await queue.ExcludeAsync(new ExclusionBatch([.. good], IsLifting: false, caller.Name), cancellation);
            var recorded = outcome.Fates.Count(fate => fate == ItemFate.Recorded);
            return TypedResults.Ok(new ExclusionReceipt(body.Items.Count, recorded, outcome.Fates.Length - recorded, rejected.ToImmutable(), outcome.Watermark));
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return Unavailable.StorageFailed(context);
        }
    }

    /// <summary>Keys of no experiment. What is not remembered is asked of storage: another process may have made it a moment ago.</summary>
    private static async Task<HashSet<string>> UnknownAsync(ItemBody body, ExperimentDirectory experiments, CancellationToken cancellation)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in body.Items.Where(item => item.Flaw is null).Select(item => item.Name).OfType<string>().Distinct(StringComparer.Ordinal))
            if (await experiments.FindAsync(key, cancellation) is null) unknown.Add(key);
        return unknown;
    }
}

/// <summary>The body of <c>/exclusions</c> as the API describes it.</summary>
internal sealed record ExclusionRequest(ImmutableArray<ExclusionEntry> Exclusions);

/// <param name="UserId">1 to 200 characters, exact and case-sensitive; a unit need not have been seen yet.</param>
/// <param name="Experiment">The key of an experiment; left out for all, those to come among them.</param>
/// <param name="Reason">At most 200 characters; shown by the list, never written to the audit.</param>
internal sealed record ExclusionEntry(string UserId, string? Experiment, string? Reason);

/// <summary>What became of every exclusion of a request: <c>received = recorded + deduplicated + rejected.length</c>.</summary>
/// <param name="Recorded">New ones.</param>
/// <param name="Deduplicated">Those in force already.</param>
/// <param name="Watermark">The commit that holds them: a readout that is not older knows of them.</param>
internal sealed record ExclusionReceipt(int Received, int Recorded, int Deduplicated, ImmutableArray<Rejection> Rejected, long Watermark);
