using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>What a person decides.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Choice>))]
public enum Choice
{
    /// <summary>Roll a treatment out to all.</summary>
    Ship,

    /// <summary>Leave everything as the control has it.</summary>
    KeepControl,

    /// <summary>Wait for more units.</summary>
    KeepRunning,

    /// <summary>Find out first what is wrong with the data.</summary>
    Investigate,
}

/// <summary>How a person's choice stands to a verdict.</summary>
public static class Choices
{
    /// <summary>Whether the choice is what the verdict says: the recommended treatment and no other is shipped; the control is kept where the verdict ended without one (harm, no worthwhile effect, inconclusive).</summary>
    /// <param name="choice">What a person decides.</param>
    /// <param name="variation">The variation that is shipped; null for every other choice.</param>
    /// <param name="verdict">What the policy says.</param>
    public static bool Follows(this Choice choice, int? variation, VerdictReadout verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return choice switch
        {
            Choice.Ship => verdict.Status == VerdictStatus.Ship && variation == verdict.RecommendedIndex,
            Choice.KeepControl => verdict.Status is VerdictStatus.StopHarm or VerdictStatus.NoWorthwhileEffect or VerdictStatus.Inconclusive,
            Choice.KeepRunning => verdict.Status == VerdictStatus.KeepRunning,
            _ => verdict.Status == VerdictStatus.Investigate,
        };
    }
}
