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
    public static string Beside(DecisionResource decision) => decision.FollowsVerdict
        ? Text.Get("Beside.follows")
        : Text.Format("Beside.differs", Verdict(Wire.Parse<VerdictStatus>(decision.Verdict.GetProperty("status").GetString()!)));

    /// <summary>What a verdict said, inside of a sentence.</summary>
    public static string Verdict(VerdictStatus status) => Text.Case(nameof(Verdict), status);

    public static string NoDecision => Text.Get();

    public static string NoTreatment => Text.Get();

    public static string NotShipped => Text.Get();

    public static string NoVerdict => Text.Get();

    /// <summary>Why a decision needs a reason.</summary>
    public static string ReasonNeeded(VerdictStatus verdict) => Text.Format(nameof(ReasonNeeded), Verdict(verdict));

    /// <summary>That the form was opened on another verdict.</summary>
    public static string Changed(VerdictStatus seen, VerdictStatus now) => Text.Format(nameof(Changed), Verdict(seen), Verdict(now));

    public static string Rest(int count) => Text.Plural(nameof(Rest), count, Figures.Count(count));

    public static string Before(int count) => Text.Plural(nameof(Before), count, Figures.Count(count));
}
