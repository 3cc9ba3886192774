using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results.Past;

/// <summary>Derives readouts of moments that were from raw rows, as they were told then.</summary>
internal sealed class PastReadouts(ICatalog catalog, IEventStore store, VerificationTurn turn, TimeProvider clock)
{
    /// <summary>Answers who asks for a commit that was. It is computed from every raw row, so that one is at a time.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="asOf">The commit's number as it was asked for; null for now.</param>
    /// <param name="at">The time as it was asked for; null for that commit's.</param>
    /// <param name="allPairs">Whether treatments are compared with each other too.</param>
    /// <param name="context">The request.</param>
    /// <param name="answer">Writes the answer.</param>
    /// <returns>Null for who asks for now.</returns>
    public async Task<IResult?> TryAnswerAsync(Experiment experiment, string? asOf, string? at, bool allPairs, HttpContext context, Func<Experiment, ReadoutInput, IResult> answer)
    {
        var (moment, wrong) = await PastMoment.ReadAsync(asOf, at, store, clock, context.RequestAborted);
        if (wrong is not null) return wrong;
        if (moment is null) return null;
        if (!turn.TryTake()) return VerificationProblems.Busy(context, "Another experiment is being computed again; try again when it is done.");
        try
        {
            if ((await LoadAsync(experiment, context.RequestAborted)).At(moment) is not { } then) return NotStarted(experiment.Key);
            var measured = await MeasureAsync(then, moment, context.RequestAborted);
            if (measured.SealedAt is { } since) return VerificationProblems.Sealed(experiment.Key, since);
            context.Response.Headers.CacheControl = "private, no-cache";
            return answer(then, ReadoutInputs.Of(then, measured, moment.AsOf, allPairs));
        }
        finally
        {
            turn.Leave();
        }
    }

    /// <summary>All that is kept of an experiment's past.</summary>
    public async Task<ExperimentPast> LoadAsync(Experiment experiment, CancellationToken cancellation)
    {
        var rows = new List<RecordRow>();
        foreach (var kind in Enum.GetValues<RecordKind>()) rows.AddRange(await catalog.ListRecordsAsync(experiment.Key, kind, cancellation));
        var past = ExperimentPast.Of(experiment, await catalog.AuditAsync(experiment.Key, cancellation), rows);
        var installations = ImmutableDictionary.CreateBuilder<int, InstallationRecord>();
        foreach (var (iteration, content) in past.Ended) installations[iteration] = await catalog.OutcomesAsync(ExperimentPast.BeganAt(content), experiment.Key, cancellation);
        return past with { Installations = installations.ToImmutable() };
    }

    /// <summary>The accumulators of a moment, from raw rows.</summary>
    /// <param name="experiment">The experiment as it stood.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<MeasuredExperiment> MeasureAsync(Experiment experiment, PastMoment moment, CancellationToken cancellation)
    {
        var view = new PastView(experiment.ToView()!, moment.Watermark, Microseconds.Of(moment.ReadAt), Maturity.CompactedThrough(Microseconds.Of(moment.AsOf)));
        return await store.RecomputeAsync(experiment.Key, view, cancellation)
            ?? new MeasuredExperiment(experiment.Key, moment.Watermark, 0, null, 0, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty);
    }

    private static ProblemHttpResult NotStarted(string key) => Problems.InvalidQuery(new ProblemError("as_of", "not_started", $"The experiment '{key}' had not been started then."));
}
