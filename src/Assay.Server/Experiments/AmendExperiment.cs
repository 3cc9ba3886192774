using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary>
/// <c>POST /experiments/{id}/amend</c>: another plan for an experiment that runs. A new iteration begins, with an error rate of its own and only units that nobody has exposed before;
/// the one that ends is kept with its design and its last readout.
/// </summary>
internal static class AmendExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(
        string id, HttpContext context, Caller caller, ExperimentChanges changes, LiveReadouts readouts)
    {
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        return await changes.ApplyAsync(id, context, caller, "amended", (experiment, now) => Amend(experiment, body, now, caller, readouts));
    }

    private static Change Amend(Experiment experiment, JsonElement body, DateTimeOffset now, Caller caller, LiveReadouts readouts)
    {
        if (experiment is not { Status: ExperimentStatus.Running or ExperimentStatus.Paused, BeganAt: { } began })
            return ExperimentProblems.IllegalTransition(experiment, "amend", "running or paused");
        var errors = new List<ProblemError>();
        var request = AmendRequest.Read(body, experiment.Design, errors);
        if (request is null) return Problems.InvalidBody(errors);

        // A clock that was set back begins no iteration before the one it ends.
        var from = now > began ? now : began;
        var after = experiment with { Design = request.Design, Plan = Pricing.Price(request.Design), Iteration = experiment.Iteration + 1, IterationStartedAt = from };
        return new Change(after, after.ToView(), Refusal: null) { Ending = End(experiment, request.Reason, from, caller, readouts.Of(experiment.Key, allPairs: false)) };
    }

    /// <summary>The iteration that ends, with the readout of that moment; what was due of it is recorded first.</summary>
    private static Ending End(Experiment experiment, string reason, DateTimeOffset endedAt, Caller caller, LiveReadout live)
    {
        var due = DueRecords.Of(experiment, live.Gather(experiment), endedAt);
        var (readout, input) = (due.Readout, due.Input);
        var content = new JsonObject
        {
            ["iteration"] = experiment.Iteration,
            ["began_at"] = JsonSerializer.SerializeToNode(experiment.BeganAt, ServerBuilder.Json),
            ["ended_at"] = JsonSerializer.SerializeToNode(endedAt, ServerBuilder.Json),
            ["design_version"] = experiment.Version,
            ["amended_by"] = caller.Name,
            ["reason"] = reason,
            ["design"] = DesignWriter.Write(experiment.Design),
            ["plan"] = JsonNode.Parse(ExperimentRow.WritePlan(experiment.Plan)),
            ["readout"] = JsonNode.Parse(ReadoutJson.Write(readout)),
        };
        return new Ending(due.Records, ReadoutRecords.Row(experiment, RecordKind.Iteration, experiment.Iteration.ToString(CultureInfo.InvariantCulture), endedAt, readout.AsOf, readout.Watermark ?? 0, content.ToJsonString()) with
        {
            Moments = GetMoments.Write(experiment.Design, input.Measured, readout.AsOf),
        });
    }
}
