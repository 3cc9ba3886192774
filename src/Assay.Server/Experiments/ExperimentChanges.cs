using System.Data.Common;
using Assay.Analysis.Measurement;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary>
/// How every change of an experiment is made: read, check the precondition, decide, open the view in the event store where the change needs one, then replace
/// what is stored if it is still what was read. One change at a time, so that the view in the event store is always that of the change that won.
/// </summary>
internal sealed partial class ExperimentChanges(
    ICatalog catalog, IStorageEngine engine, ExperimentDirectory directory, IEventStore store, CommitQueue events, Agreement agreement, TimeProvider clock, ILogger<ExperimentChanges> log)
{
    /// <param name="decide">The experiment as it should be, or why not; the version is counted here.</param>
    public async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> ApplyAsync(
        string key, HttpContext context, Caller caller, string action, Func<Experiment, DateTimeOffset, Change> decide)
    {
        var cancellation = context.RequestAborted;
        try
        {
            await using var turn = await engine.TakeTurnAsync(cancellation);
            await store.RefreshAsync(cancellation);
            if (await catalog.FindAsync(key, cancellation) is not { } before) return Problems.UnknownExperiment(key);
            if (EntityTags.Mismatch(context.Request, ExperimentResource.TagOf(before)) is { } mismatch) return mismatch;
            var now = Microseconds.Truncate(clock.GetUtcNow());
            var change = decide(before, now);
            if (change.Refusal is not null) return change.Refusal;

            // From here on the caller going away no longer matters: half a change is worse than one nobody waited for.
            var after = change.After! with { Version = before.Version + 1 };
            if (!await StoreAsync(after, before.Version, change.View, Audit.Of(caller, action, after, now, change.Ending?.Iteration), change.Ending)) return ExperimentProblems.LostRace(context.Request);
            directory.Forget(key);
            context.Response.GetTypedHeaders().ETag = ExperimentResource.TagOf(after);
            return TypedResults.Ok(ExperimentResource.Of(after));
        }
        catch (BeforeRetentionException early)
        {
            return ExperimentProblems.BeforeRetention(Microseconds.ToTime(early.Horizon));
        }
        catch (DbException failure)
        {
            LogFailed(failure, key);
            context.Response.Headers.RetryAfter = "1";
            return ExperimentProblems.NotStored(failure.Message);
        }
    }

    /// <returns>Why it was not removed; null when it was.</returns>
    public async Task<ProblemHttpResult?> RemoveAsync(string key, HttpContext context, Caller caller, Func<Experiment, ProblemHttpResult?> refuse)
    {
        var cancellation = context.RequestAborted;
        await using var turn = await engine.TakeTurnAsync(cancellation);
        if (await catalog.FindAsync(key, cancellation) is not { } draft) return Problems.UnknownExperiment(key);
        if ((EntityTags.Mismatch(context.Request, ExperimentResource.TagOf(draft)) ?? refuse(draft)) is { } refused) return refused;
        if (!await catalog.RemoveAsync(key, draft.Version, Audit.Of(caller, "deleted", draft, clock.GetUtcNow()), CancellationToken.None))
            return ExperimentProblems.LostRace(context.Request);
        directory.Forget(key);
        return null;
    }

    /// <summary>The view first, then the catalog; when either fails, the view becomes again what the catalog says.</summary>
    private async Task<bool> StoreAsync(Experiment after, int expectedVersion, ExperimentView? view, AuditEntry audit, Ending? ending)
    {
        var isStored = false;
        try
        {
            if (view is not null) await events.OpenAsync(view, CancellationToken.None);
            isStored = await catalog.ReplaceAsync(after, expectedVersion, audit, ending, CancellationToken.None);
            return isStored;
        }
        finally
        {
            if (!isStored && view is not null) await UndoAsync(after.Key);
        }
    }

    /// <summary>The view that the catalog asks for, at once if storage answers, and looked after once more in a turn of its own: this one may have gone with its connection.</summary>
    private async Task UndoAsync(string key)
    {
        agreement.Ask();
        try
        {
            // Asked anew: a commit that failed to answer may have happened.
            if (await catalog.FindAsync(key, CancellationToken.None) is { } stored && stored.ToView() is { } right) await events.OpenAsync(right, CancellationToken.None);
        }
        catch (DbException away)
        {
            LogHalf(away, key);
        }
    }

    [LoggerMessage(500, LogLevel.Error, "A change of experiment '{Key}' was not stored")]
    private partial void LogFailed(Exception failure, string key);

    [LoggerMessage(501, LogLevel.Warning, "The view of experiment '{Key}' may be that of a change that was not stored, until storage answers")]
    private partial void LogHalf(Exception away, string key);
}

/// <summary>What a slice decided: the experiment as it should be, or why not.</summary>
/// <param name="View">The view that the event store must hold before the change is visible; null when it stays as it is.</param>
internal sealed record Change(Experiment? After, ExperimentView? View, ProblemHttpResult? Refusal)
{
    /// <summary>What the change ends; null for nothing.</summary>
    public Ending? Ending { get; init; }

    public static implicit operator Change(Experiment after) => new(after, View: null, Refusal: null);

    public static implicit operator Change(ProblemHttpResult refusal) => new(After: null, View: null, refusal);
}
