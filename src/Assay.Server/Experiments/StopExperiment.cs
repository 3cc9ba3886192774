using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>POST /experiments/{id}/stop</c>: no unit comes any more; the windows of those that came are waited for.</summary>
internal static class StopExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        if (await ActionBody.RefuseAnyAsync(context.Request) is { } refused) return refused;
        return await changes.ApplyAsync(id, context, caller, "stopped", Stop);
    }

    private static Change Stop(Experiment experiment, DateTimeOffset now)
    {
        if (experiment is not { Status: ExperimentStatus.Running or ExperimentStatus.Paused, StartedAt: { } startedAt })
            return ExperimentProblems.IllegalTransition(experiment, "stop", "running or paused");
        // A clock that was set back does not end it before it began.
        var stoppedAt = now > startedAt ? now : startedAt;
        var closesAt = Closing.At(experiment.Design, stoppedAt);
        var stopped = experiment with { Status = ExperimentStatus.Stopped, StoppedAt = stoppedAt, ClosesAt = closesAt };
        return new Change(stopped, stopped.ToView(), Refusal: null);
    }
}
