using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What can be done with an experiment, and what was.</summary>
internal static class ActWords
{
    private static readonly Texts Text = Texts.Of(typeof(ActWords));

    public static string Title => Text.Get();
    public static string Again => Text.Get();
    public static string Decide => Text.Get();
    public static string DecideNote => Text.Get();
    public static string Decision => Text.Get();
    public static string Choose => Text.Get();
    public static string Variation => Text.Get();
    public static string VariationHint => Text.Get();
    public static string Recommended => Text.Get();
    public static string Reason => Text.Get();
    public static string ReasonHint => Text.Get();
    public static string Keep => Text.Get();

    public static string Button(string act) => Text.Case(nameof(Button), act);

    /// <summary>What one should know before.</summary>
    public static string? Note(string act) => act is Act.Start or Act.Delete or Act.Stop or Act.Archive ? Text.Case(nameof(Note), act) : null;

    /// <summary>What one should know before archiving a stopped experiment whose last windows are open; null once they are closed.</summary>
    public static string? NoteEarly(ExperimentSheet sheet) =>
        sheet.Experiment is { Status: ExperimentStatus.Stopped, ClosesAt: { } closes } && sheet.Now < closes ? Text.Format(nameof(NoteEarly), Figures.Time(closes)) : null;

    public static string Confirm(string act) => Text.Case(nameof(Confirm), act);

    public static string Done(string act) => Text.Case(nameof(Done), act);

    public static string Of(Choice choice) => Text.Case(nameof(Of), choice);
}
