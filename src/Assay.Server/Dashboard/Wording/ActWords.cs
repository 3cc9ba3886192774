using Assay.Analysis.Verdicts;
using Assay.Server.Dashboard.Acting;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What can be done with an experiment, and what was.</summary>
internal static class ActWords
{
    public const string Title = "What to do";
    public const string Again = "Use this plan again";
    public const string Decide = "Decide";
    public const string DecideNote = "Your decision is kept beside the verdict and the numbers of this moment. It starts and stops nothing.";
    public const string Decision = "Decision";
    public const string Choose = "Choose";
    public const string Variation = "Treatment to ship";
    public const string VariationHint = "Only with ship.";
    public const string Recommended = "The recommended one";
    public const string Reason = "Reason";
    public const string ReasonHint = "Needed where you decide otherwise than the verdict says.";
    public const string Keep = "Keep this decision";

    public static string Button(string act) => act switch
    {
        Act.Start => "Start",
        Act.Pause => "Pause",
        Act.Resume => "Resume",
        Act.Stop => "Stop",
        _ => "Archive",
    };

    /// <summary>What one should know before.</summary>
    public static string? Note(string act) => act switch
    {
        Act.Start => "From then on the design cannot change.",
        Act.Stop => "No unit comes any more; units that came have their windows to the end. This cannot be taken back.",
        Act.Archive => "It takes and gives nothing more; its results stay readable. This cannot be taken back.",
        _ => null,
    };

    public static string Confirm(string act) => act == Act.Stop ? "Yes, stop it" : "Yes, archive it";

    public static string Done(string act) => act switch
    {
        Act.Create => "Kept as a draft. Nothing runs yet.",
        Act.Start => "Started: units may come.",
        Act.Pause => "Paused: no unit is assigned until it is resumed.",
        Act.Resume => "Resumed: units are assigned again.",
        Act.Stop => "Stopped.",
        Act.Archive => "Archived.",
        Act.Amend => AmendWords.Done,
        _ => "Your decision is kept, beside the verdict.",
    };

    public static string Of(Choice choice) => choice switch
    {
        Choice.Ship => "Ship a treatment",
        Choice.KeepControl => "Stay with the control",
        Choice.KeepRunning => "Keep running",
        _ => "Investigate first",
    };
}
