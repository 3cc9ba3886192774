using System.Data.Common;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>The way every batch takes: admitted, read, sifted, committed, receipted.</summary>
internal sealed partial class Intake(
    CommitQueue queue, IEventStore store, ExperimentDirectory experiments, ExpansionBudget expansion, TimeProvider time, ILogger<Intake> log)
{
    /// <summary>Takes a batch of an experiment's route.</summary>
    public async Task<Results<Ok<Receipt>, ProblemHttpResult>> ReceiveAsync(
        HttpContext context, string key, ItemShape shape, Func<Experiment, ItemBody, long, SiftedItems> sift)
    {
        var now = time.GetUtcNow();
        if (await experiments.FindAsync(key, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(key);
        if (Admission.Refusal(experiment, now) is not null)
        {
            // Another process may have started it a moment ago: a refusal is told from what is stored, not from what is remembered.
            if (await experiments.ReloadAsync(key, context.RequestAborted) is not { } stored) return Problems.UnknownExperiment(key);
            if (Admission.Refusal(stored, now) is { } refusal) return refusal;
            experiment = stored;
        }

        var (body, problem) = await RequestBody.ReadAsync(context.Request, shape, expansion, context.RequestAborted);
        return problem is null ? await CommitAsync(context, sift(experiment, body!, Microseconds.Of(now))) : problem;
    }

    /// <summary>Takes a batch of the installation's stream.</summary>
    public async Task<Results<Ok<Receipt>, ProblemHttpResult>> ReceiveAsync(HttpContext context, ItemShape shape, Func<ItemBody, long, Task<SiftedItems>> sift)
    {
        var arrivedAt = Microseconds.Of(time.GetUtcNow());
        var (body, problem) = await RequestBody.ReadAsync(context.Request, shape, expansion, context.RequestAborted);
        return problem is null ? await CommitAsync(context, await sift(body!, arrivedAt)) : problem;
    }

    private async Task<Results<Ok<Receipt>, ProblemHttpResult>> CommitAsync(HttpContext context, SiftedItems sifted)
    {
        if (sifted.Received == 0) return TypedResults.Ok(Receipt.Of(sifted, new BatchOutcome([], store.Watermark)));
        try
        {
            // Refused items travel too: they are counted in the same commit.
            var outcome = await queue.SubmitAsync(sifted.Batch, context.RequestAborted);
            return outcome is null ? Unavailable.Overloaded(context, "More is waiting than can be committed soon.") : TypedResults.Ok(Receipt.Of(sifted, outcome));
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            LogFailed(failure, sifted.Batch.Count);
            return Unavailable.StorageFailed(context);
        }
    }

    [LoggerMessage(300, LogLevel.Error, "A batch of {Items} items was not committed")]
    private partial void LogFailed(Exception failure, int items);
}
