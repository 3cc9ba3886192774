using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results.Past;

/// <summary><c>POST /experiments/{id}/records/verify</c>: every look, crossing, verdict and decision, and the last readout of every iteration that ended, derived again from raw rows as of its commit and time.</summary>
internal static class VerifyRecords
{
    public static async Task<Results<Ok<RecordsVerification>, ProblemHttpResult>> Handle(
        string id, HttpContext context, ExperimentDirectory experiments, ICatalog catalog, IEventStore store, PastReadouts readouts, VerificationTurn turn, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is not { } experiment) return Problems.UnknownExperiment(id);
        if (await ActionBody.RefuseAnyAsync(context.Request) is { } refused) return refused;
        if (!turn.TryTake()) return VerificationProblems.Busy(context, "Another verification is running; try again when it is done.");
        try
        {
            // Before and after: it may be sealed meanwhile.
            if (store.Read(id)?.SealedAt is { } known) return VerificationProblems.Sealed(id, known);
            var verified = await new RecordCheck(await readouts.LoadAsync(experiment, cancellation), catalog, store, readouts).RunAsync(cancellation);
            if (store.Read(id)?.SealedAt is { } since) return VerificationProblems.Sealed(id, since);
            return TypedResults.Ok(RecordsVerification.Of(verified));
        }
        finally
        {
            turn.Leave();
        }
    }
}
