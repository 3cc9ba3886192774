using Assay.Analysis.Verdicts;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What verdicts, and what one should also know, are called. Sentences and reasons come from the readout.</summary>
internal static class VerdictWords
{
    public const string Title = "Verdict";
    public const string Note = "By the policy that was frozen with the design, from completed units only. It recommends; a person decides.";
    public const string Expected = "Answer expected:";
    public const string Ranking = "Variations, best first";
    public const string Rank = "Place";
    public const string Gain = "Gain, shrunk";
    public const string Outcome = "By itself";
    public const string Also = "What one should also know";
    public const string AlsoNote = "For reference: the verdict reads none of it.";
    public const string Primary = "Primary metric";
    public const string ConditionalPower = "Chance of a gain at the planned end: at the trend · at the MDE";
    public const string DaysLeft = "Days left: to the plan · re-estimated";
    public const string Shrunk = "Effect, shrunk";
    public const string FalsePositive = "Chance that the gain is none";
    public const string Impact = "Rolled out to all, a year";
    public const string Twyman = "Too large to be likely: look for a defect first.";

    public static string Status(VerdictStatus status) => status switch
    {
        VerdictStatus.Ship => "✓ Ship",
        VerdictStatus.StopHarm => "! Stop: harm",
        VerdictStatus.NoWorthwhileEffect => "– Nothing worthwhile",
        VerdictStatus.Inconclusive => "? Inconclusive",
        VerdictStatus.Investigate => "! Investigate",
        _ => "… Keep running",
    };

    public static string Style(VerdictStatus status) => status switch
    {
        VerdictStatus.Ship => "good",
        VerdictStatus.StopHarm or VerdictStatus.Investigate => "bad",
        VerdictStatus.NoWorthwhileEffect or VerdictStatus.Inconclusive => "ready",
        _ => "calm",
    };

    public static string AlsoRest(int shown) => $"Of the {shown} best variations; of all of them in the readout as JSON.";

    public static string More(int reasons) => reasons == 1 ? "1 more reason" : $"{reasons} more reasons";

    /// <summary>Of very many, how many: each of nine would name the other eight.</summary>
    public static string Tied(IReadOnlyList<string> variations) => $"cannot be told apart from {(variations.Count > 2 ? $"{variations.Count} others" : string.Join(" and ", variations))}";
}
