using Assay.Analysis.Verdicts;
using Assay.Server.Decisions;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>How a person's decision is told.</summary>
internal static class DecisionWords
{
    public static string Sentence(DecisionResource decision, string? variation) => decision.Decision switch
    {
        Choice.Ship => $"Decided: ship {variation}.",
        Choice.KeepControl => "Decided: stay with the control.",
        Choice.KeepRunning => "Decided: keep running.",
        _ => "Decided: investigate first.",
    };

    /// <summary>Whether it is what the verdict of that moment says.</summary>
    public static string Beside(DecisionResource decision) => decision.FollowsVerdict
        ? "as the verdict said"
        : $"the verdict said: {Wire.Name(Wire.Parse<VerdictStatus>(decision.Verdict.GetProperty("status").GetString()!)).Replace('_', ' ')}";

    public static string Rest(int count) => $"{count} more in the list of decisions of the API.";

    public static string Before(int count) => count == 1 ? "1 earlier decision" : $"{count} earlier decisions";
}
