using Assay.Server.Access;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Acting;

/// <summary>The forms of the Experiment page as one request shows them. Public because components are; what is inside stays in the server.</summary>
public sealed record Acts
{
    internal Acts()
    {
    }

    /// <summary>What was just done, as the address says; null where it says nothing.</summary>
    internal string? Done { get; init; }

    /// <summary>What was just refused.</summary>
    internal string? Refused { get; init; }

    internal TypedForm Form { get; init; } = TypedForm.Blank;

    /// <summary>Null for a caller who may only read.</summary>
    internal static Acts? Of(Caller caller, string? done) =>
        new ScopeRequirement([AccessScope.Write]).IsMetBy(caller.Scope) ? new Acts { Done = done } : null;

    /// <summary>Whether the experiment is as the act left it: an address may be kept for longer than that.</summary>
    internal bool IsDone(ExperimentSheet sheet) => Done switch
    {
        Act.Create or Act.Edit => sheet.Experiment.Status == ExperimentStatus.Draft,
        Act.Start or Act.Resume => sheet.Experiment.Status == ExperimentStatus.Running,
        Act.Pause => sheet.Experiment.Status == ExperimentStatus.Paused,
        Act.Stop => sheet.Experiment.Status == ExperimentStatus.Stopped,
        Act.Archive => sheet.Experiment.Status == ExperimentStatus.Archived,
        Act.Decide => sheet.Decisions.Length > 0,
        Act.Amend => sheet.Experiment.Iteration > 1,
        _ => false,
    };
}
