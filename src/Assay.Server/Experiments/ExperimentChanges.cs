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
internal sealed class ExperimentChanges(ICatalog catalog, ExperimentDirectory directory, CommitQueue events, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <param name="decide">The experiment as it should be, or why not; the version is counted here.</param>
    public async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> ApplyAsync(
        string key, HttpContext context, Caller caller, string action, Func<Experiment, DateTimeOffset, Change> decide)
    {
        var cancellation = context.RequestAborted;
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (await catalog.FindAsync(key, cancellation) is not { } before) return Problems.UnknownExperiment(key);
            if (EntityTags.Mismatch(context.Request, ExperimentResource.TagOf(before)) is { } mismatch) return mismatch;
            var now = Microseconds.Truncate(clock.GetUtcNow());
            var change = decide(before, now);
            if (change.Refusal is not null) return change.Refusal;

            // From here on the caller going away no longer matters: half a change is worse than one nobody waited for.
            var after = change.After! with { Version = before.Version + 1 };
            if (change.View is not null) await events.OpenAsync(change.View, CancellationToken.None);
            if (!await catalog.ReplaceAsync(after, before.Version, Audit.Of(caller, action, after, now), CancellationToken.None))
                return ExperimentProblems.LostRace(context.Request);
            directory.Forget(key);
            context.Response.GetTypedHeaders().ETag = ExperimentResource.TagOf(after);
            return TypedResults.Ok(ExperimentResource.Of(after));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <returns>Why it was not removed; null when it was.</returns>
    public async Task<ProblemHttpResult?> RemoveAsync(string key, HttpContext context, Caller caller, Func<Experiment, ProblemHttpResult?> refuse)
    {
        var cancellation = context.RequestAborted;
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (await catalog.FindAsync(key, cancellation) is not { } draft) return Problems.UnknownExperiment(key);
            if ((EntityTags.Mismatch(context.Request, ExperimentResource.TagOf(draft)) ?? refuse(draft)) is { } refused) return refused;
            if (!await catalog.RemoveAsync(key, draft.Version, Audit.Of(caller, "deleted", draft, clock.GetUtcNow()), CancellationToken.None))
                return ExperimentProblems.LostRace(context.Request);
            directory.Forget(key);
            return null;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}

/// <summary>What a slice decided: the experiment as it should be, or why not.</summary>
/// <param name="View">The view that the event store must hold before the change is visible; null when it stays as it is.</param>
internal sealed record Change(Experiment? After, ExperimentView? View, ProblemHttpResult? Refusal)
{
    public static implicit operator Change(Experiment after) => new(after, View: null, Refusal: null);

    public static implicit operator Change(ProblemHttpResult refusal) => new(After: null, View: null, refusal);
}
