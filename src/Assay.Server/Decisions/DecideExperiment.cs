using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Server.Access;
using Assay.Server.Experiments;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Decisions;

/// <summary><c>POST /experiments/{id}/decide</c>: what a person decided is stored beside the verdict of that moment and the moments it was drawn from. Nothing else changes: a decision to ship stops nothing.</summary>
internal static partial class DecideExperiment
{
    public static async Task<Results<Ok<DecisionResource>, ProblemHttpResult>> Handle(
        string id, HttpContext context, Caller caller, ICatalog catalog, ExperimentDirectory directory, IStorageEngine engine, IEventStore store, LiveReadouts readouts, TimeProvider clock, ILoggerFactory logs)
    {
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        var errors = new List<ProblemError>();
        var request = DecisionRequest.Read(body, errors);
        try
        {
            await using var turn = await engine.TakeTurnAsync(context.RequestAborted);
            await store.RefreshAsync(context.RequestAborted);
            if (await catalog.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
            if (EntityTags.Mismatch(context.Request, ExperimentResource.TagOf(experiment)) is { } mismatch) return mismatch;
            if (request is null) return Problems.InvalidBody(errors);
            if (experiment.Status is ExperimentStatus.Draft or ExperimentStatus.Archived) return ExperimentProblems.IllegalTransition(experiment, "decide", "running, paused or stopped");

            // A decision rests on what is recorded: a look that is due and not stored yet is stored before it, with the verdict that it brings.
            var gathered = readouts.Of(id, allPairs: false).Gather(experiment);
            var now = clock.GetUtcNow();
            var due = DueRecords.Of(experiment, gathered, now);
            var (readout, input) = (due.Readout, due.Input);
            if (request.Verdict is { } seen && seen != readout.Verdict.Status) return VerdictChanged(seen, readout.Verdict);
            var chosen = request with { VariationIndex = request.Decision == Choice.Ship ? request.VariationIndex ?? readout.Verdict.RecommendedIndex : null };
            if (Refuse(chosen, experiment, readout.Verdict) is { } wrong) return Problems.InvalidBody([wrong]);
            if (due.Records.Count > 0)
            {
                await catalog.AddRecordsAsync(due.Records, CancellationToken.None);
                directory.Forget(id);
            }

            var row = new DecisionRow
            {
                Experiment = id,
                Number = (await catalog.ListDecisionsAsync(id, context.RequestAborted)).Length + 1,
                Iteration = experiment.Iteration,
                DesignVersion = experiment.Version,
                At = Microseconds.Of(now),
                Actor = caller.Name,
                Decision = Wire.Name(chosen.Decision),
                Variation = chosen.VariationIndex,
                Reason = chosen.Reason,
                Follows = chosen.Decision.Follows(chosen.VariationIndex, readout.Verdict) ? 1 : 0,
                AsOf = Microseconds.Of(readout.AsOf),
                Watermark = readout.Watermark ?? 0,
                Verdict = JsonSerializer.Serialize(readout.Verdict, ReadoutJson.Default.VerdictReadout),
                Moments = GetMoments.Write(experiment.Design, input.Measured, readout.AsOf),
            };
            return await catalog.AddDecisionAsync(row, AuditOf(row, experiment, readout.Verdict), CancellationToken.None)
                ? TypedResults.Ok(DecisionResource.Of(row))
                : ExperimentProblems.LostRace(context.Request);
        }
        catch (DbException failure)
        {
            LogFailed(logs.CreateLogger(typeof(DecideExperiment)), failure, id);
            context.Response.Headers.RetryAfter = "1";
            return ExperimentProblems.NotStored(failure.Message);
        }
    }

    /// <summary>What is wrong with the decision in the light of the experiment; null when nothing is.</summary>
    private static ProblemError? Refuse(DecisionRequest chosen, Experiment experiment, VerdictReadout verdict)
    {
        var last = experiment.Design.Setup.Variations.Length - 1;
        if (chosen is { Decision: Choice.Ship, VariationIndex: null })
            return new ProblemError("/variation_index", "missing_field", $"The verdict recommends none: name the treatment to ship, 1 to {last}.");
        if (chosen.VariationIndex is < 1 || chosen.VariationIndex > last)
            return new ProblemError("/variation_index", "out_of_range", $"A treatment is 1 to {last}; to stay with the control, decide keep_control.");
        return chosen.Reason is null && !chosen.Decision.Follows(chosen.VariationIndex, verdict)
            ? new ProblemError("/reason", "reason_needed", $"The verdict is {Wire.Name(verdict.Status)}: a decision that differs says why.")
            : null;
    }

    /// <remarks>The reason is not in it: it may name a person, and the audit forgets nothing. Its hash is, with that of everything else that is stored.</remarks>
    private static AuditEntry AuditOf(DecisionRow row, Experiment experiment, VerdictReadout verdict) => new(
        Microseconds.ToTime(row.At),
        row.Actor,
        AuditDetail.Decided,
        row.Experiment,
        new JsonObject
        {
            ["version"] = experiment.Version,
            ["status"] = Wire.Name(experiment.Status),
            [DesignDigest.Field] = DesignDigest.Of(experiment),
            ["number"] = row.Number,
            ["decision"] = row.Decision,
            ["variation_index"] = row.Variation,
            ["verdict"] = Wire.Name(verdict.Status),
            ["follows_verdict"] = row.Follows == 1,
            ["watermark"] = row.Watermark,
            [AuditDetail.DecisionDigest] = row.Digest(),
        }.ToJsonString());

    [LoggerMessage(510, LogLevel.Error, "A decision on experiment '{Key}' was not stored")]
    private static partial void LogFailed(ILogger log, Exception failure, string key);

    private static ProblemHttpResult VerdictChanged(VerdictStatus seen, VerdictReadout now) => Problems.Of(
        StatusCodes.Status409Conflict, "verdict_changed", "The verdict has changed", $"The decision was made of {Wire.Name(seen)}; the verdict is {Wire.Name(now.Status)} by now. {now.Sentence}");
}
