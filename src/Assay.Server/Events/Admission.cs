using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>Whether an experiment's routes take data now.</summary>
internal static class Admission
{
    /// <summary>The problem that refuses the whole request, or null.</summary>
    public static ProblemHttpResult? Refusal(Experiment experiment, DateTimeOffset now) => experiment.Status switch
    {
        ExperimentStatus.Running or ExperimentStatus.Paused => null,
        ExperimentStatus.Stopped when now < experiment.ClosesAt => null,
        ExperimentStatus.Stopped => Conflict("closed", "Closed", $"The experiment '{experiment.Key}' was stopped and its last window has closed."),
        _ => Conflict("not_running", "Not running", $"The experiment '{experiment.Key}' is {(experiment.Status == ExperimentStatus.Draft ? "a draft" : "archived")}; it takes no data."),
    };

    private static ProblemHttpResult Conflict(string code, string title, string detail) =>
        Problems.Of(StatusCodes.Status409Conflict, code, title, detail);
}
