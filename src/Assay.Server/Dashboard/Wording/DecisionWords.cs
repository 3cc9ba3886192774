using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;
using Assay.Server.Decisions;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>How a person's decision is told.</summary>
internal static class DecisionWords
{
    private static readonly Texts Text = Texts.Of(typeof(DecisionWords));

    public static string Sentence(Choice decision, string? variation) => decision == Choice.Ship ? Text.Format("Sentence.Ship", variation) : Text.Case(nameof(Sentence), decision);

    /// <summary>Whether it is what the verdict of that moment says.</summary>
    public static string Beside(DecisionResource decision, Experiment experiment) => decision.FollowsVerdict
        ? Text.Get("Beside.follows")
        : Text.Format("Beside.differs", Verdict(Wire.Parse<VerdictStatus>(decision.Verdict.GetProperty("status").GetString()!), WasOver(experiment, decision.DecidedAt)));

    /// <summary>What a verdict said, inside of a sentence. What is stopped does not keep running: it waits for its windows.</summary>
    public static string Verdict(VerdictStatus status, bool isOver) => status == VerdictStatus.KeepRunning && isOver ? Text.Get("Verdict.Waiting") : Text.Case(nameof(Verdict), status);

    /// <summary>Whether an experiment had been stopped by a moment.</summary>
    public static bool WasOver(Experiment experiment, DateTimeOffset at) => experiment.StoppedAt <= at;

    public static string NoDecision => Text.Get();

    public static string NoTreatment => Text.Get();

    public static string NotShipped => Text.Get();

    public static string NoVerdict => Text.Get();

    /// <summary>Why a decision needs a reason.</summary>
    public static string ReasonNeeded(VerdictStatus verdict, bool isOver) => Text.Format(nameof(ReasonNeeded), Verdict(verdict, isOver));

    /// <summary>That the form was opened on another verdict.</summary>
    public static string Changed(VerdictStatus seen, VerdictStatus now, bool isOver) => Text.Format(nameof(Changed), Verdict(seen, isOver), Verdict(now, isOver));

    public static string Rest(int count) => Text.Plural(nameof(Rest), count, Figures.Count(count));

    public static string Before(int count) => Text.Plural(nameof(Before), count, Figures.Count(count));
}
