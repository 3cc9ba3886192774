using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What verdicts, and what one should also know, are called. Sentences and reasons come from the readout.</summary>
internal static class VerdictWords
{
    private static readonly Texts Text = Texts.Of(typeof(VerdictWords));

    public static string Title => Text.Get();
    public static string Note => Text.Get();
    public static string Expected => Text.Get();
    public static string Ranking => Text.Get();
    public static string Rank => Text.Get();
    public static string Gain => Text.Get();
    public static string Outcome => Text.Get();
    public static string Also => Text.Get();
    public static string AlsoNote => Text.Get();
    public static string Primary => Text.Get();
    public static string ConditionalPower => Text.Get();
    public static string DaysLeft => Text.Get();
    public static string Shrunk => Text.Get();
    public static string FalsePositive => Text.Get();
    public static string Impact => Text.Get();
    public static string Twyman => Text.Get();

    /// <summary>What is stopped does not keep running: it waits for its windows.</summary>
    public static string Status(VerdictStatus status, bool isOver) => status == VerdictStatus.KeepRunning && isOver ? Text.Get("Status.Waiting") : Text.Case(nameof(Status), status);

    public static string Style(VerdictStatus status) => status switch
    {
        VerdictStatus.Ship => "good",
        VerdictStatus.StopHarm or VerdictStatus.Investigate => "bad",
        VerdictStatus.NoWorthwhileEffect or VerdictStatus.Inconclusive => "ready",
        _ => "calm",
    };

    public static string ExpectedBy(string moment) => Text.Format(nameof(Expected), moment);

    public static string AlsoRest(int shown) => Text.Format(nameof(AlsoRest), Figures.Count(shown));

    public static string ReasonsRest(int reasons) => Text.Plural(nameof(ReasonsRest), reasons, Figures.Count(reasons));

    public static string More(int reasons) => Text.Plural(nameof(More), reasons, Figures.Count(reasons));

    /// <summary>Of very many, how many: each of nine would name the other eight.</summary>
    public static string Tied(IReadOnlyList<string> variations) => variations.Count > 2
        ? Text.Plural("Tied.many", variations.Count, Figures.Count(variations.Count))
        : Text.Format("Tied.few", Lists.Joined(variations));
}
