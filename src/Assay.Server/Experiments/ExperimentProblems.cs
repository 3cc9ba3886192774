using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary>The refusals that more than one slice of this room answers with.</summary>
internal static class ExperimentProblems
{
    public static ProblemHttpResult KeyTaken(string key) => Problems.Of(
        StatusCodes.Status409Conflict, "key_taken", "Key taken", $"There is an experiment '{key}' already.", new ProblemError("/key", "key_taken", "Choose another key."));

    public static ProblemHttpResult NotDraft(Experiment experiment) => Problems.Of(
        StatusCodes.Status409Conflict, "not_draft", "Not a draft", $"The experiment '{experiment.Key}' is {Wire.Name(experiment.Status)}; its design is frozen.");

    public static ProblemHttpResult IllegalTransition(Experiment experiment, string action, string needed) => Problems.Of(
        StatusCodes.Status409Conflict, "illegal_transition", "Not possible now", $"The experiment '{experiment.Key}' is {Wire.Name(experiment.Status)}; {action} needs it to be {needed}.");

    /// <summary>Without If-Match the writer believed nothing, so another change that came first is a conflict and no failed precondition.</summary>
    public static ProblemHttpResult LostRace(HttpRequest request) => request.Headers.IfMatch.Count > 0
        ? EntityTags.Changed()
        : Problems.Of(StatusCodes.Status409Conflict, "changed_meanwhile", "Changed meanwhile", "Another change came first; read the experiment again.");

    public static ProblemHttpResult NotStored(string why) => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, "storage_not_writable", "Storage is not writable", $"The experiment is as it was; try again. ({why})");

    public static ProblemHttpResult BeforeRetention(DateTimeOffset horizon) => Problems.Of(
        StatusCodes.Status409Conflict,
        "before_retention",
        "Before the horizon",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Rows before {horizon.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} have been removed; an experiment cannot have begun before."));
}
