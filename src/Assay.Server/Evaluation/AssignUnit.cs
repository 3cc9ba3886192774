using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Assignment;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Evaluation;

/// <summary><c>POST /experiments/{id}/assign</c>: pure, the same at every call, and nothing is recorded.</summary>
internal static class AssignUnit
{
    private static readonly ConditionalWeakTable<Experiment, AssignmentPlan> Plans = [];

    public static async Task<Results<Ok<AssignedVariation>, ProblemHttpResult>> Handle(string id, HttpContext context, ExperimentDirectory directory)
    {
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        if (await directory.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        var errors = new List<ProblemError>();
        var userId = AssignBody.Read(body, errors);
        if (errors.Count > 0) return Problems.InvalidBody(errors);
        return experiment.Status switch
        {
            ExperimentStatus.Running => TypedResults.Ok(Assign(experiment, userId)),
            ExperimentStatus.Paused or ExperimentStatus.Stopped => TypedResults.Ok(AssignedVariation.None(Wire.Name(experiment.Status))),
            _ => Problems.Of(
                StatusCodes.Status409Conflict, "not_running", "Not running", $"The experiment '{id}' is {Wire.Name(experiment.Status)}; it assigns no unit."),
        };
    }

    private static AssignedVariation Assign(Experiment experiment, string userId)
    {
        var assignment = Assigner.Assign(Plans.GetValue(experiment, PlanOf), userId);
        if (assignment.VariationIndex is not >= 0) return AssignedVariation.None(assignment.Reason.ToWire()) with { VariationIndex = assignment.VariationIndex };
        var variation = experiment.Design.Setup.Variations[assignment.VariationIndex.Value];
        return new AssignedVariation(assignment.VariationIndex, variation.Key, variation.Value, InExperiment: true, assignment.Reason.ToWire());
    }

    private static AssignmentPlan PlanOf(Experiment experiment)
    {
        var setup = experiment.Design.Setup;
        return new AssignmentPlan(experiment.Key, setup.Shares, setup.TrafficAllocation, setup.HoldoutFraction);
    }
}

/// <summary>What a unit gets.</summary>
/// <param name="VariationIndex">−1 in the holdout; null for a unit that takes no part.</param>
/// <param name="VariationKey">Null unless the unit is in the experiment.</param>
/// <param name="Value">The variation's value; null unless the unit is in the experiment, and the application's own default applies.</param>
/// <param name="InExperiment">Whether the unit takes part: record its exposure when it meets the variation.</param>
/// <param name="Reason"><c>assigned</c>, <c>holdout</c>, <c>outside_allocation</c>, <c>paused</c> or <c>stopped</c>.</param>
internal sealed record AssignedVariation(int? VariationIndex, string? VariationKey, JsonElement? Value, bool InExperiment, string Reason)
{
    public static AssignedVariation None(string reason) => new(VariationIndex: null, VariationKey: null, Value: null, InExperiment: false, reason);
}
