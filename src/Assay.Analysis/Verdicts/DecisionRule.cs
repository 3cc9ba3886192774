using Assay.Analysis.Health;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>The policy: the readout and the simulation of operating characteristics decide by this and nothing else.</summary>
internal static class DecisionRule
{
    /// <summary>
    /// The outcome of one treatment. Harm comes first; then a primary that is good enough with every guardrail safe. A primary that is good enough waits for its guardrails,
    /// whatever its size, since by this policy it would be shipped.
    /// </summary>
    public static VerdictStatus Of(ArmFindings arm)
    {
        if (arm.Primaries.Any(primary => primary.Standing == Standing.Worse) || arm.Guardrails.Contains(GuardrailState.Harm)) return VerdictStatus.StopHarm;
        var isGoodEnough = arm.Primaries.Any(primary => primary.IsGoodEnough);
        if (isGoodEnough && arm.Guardrails.All(state => state == GuardrailState.Safe)) return VerdictStatus.Ship;
        if (!isGoodEnough && arm.Primaries.All(primary => primary.IsBelowWorthwhile)) return VerdictStatus.NoWorthwhileEffect;
        return arm.IsComplete ? VerdictStatus.Inconclusive : VerdictStatus.KeepRunning;
    }

    /// <summary>
    /// The best action for the experiment. One arm to ship is enough; one arm that may still answer keeps it running, whatever became of the others; when every arm has ended,
    /// one that stayed open is inconclusive, and harm is said before "nothing worthwhile".
    /// </summary>
    public static VerdictStatus Of(IReadOnlyCollection<VerdictStatus> arms, HealthStatus health)
    {
        if (health == HealthStatus.Problem) return VerdictStatus.Investigate;
        foreach (var status in (ReadOnlySpan<VerdictStatus>)[VerdictStatus.Ship, VerdictStatus.KeepRunning, VerdictStatus.Inconclusive, VerdictStatus.StopHarm, VerdictStatus.NoWorthwhileEffect])
            if (arms.Contains(status)) return status;
        return VerdictStatus.Inconclusive;
    }

    /// <summary>Better outcomes first.</summary>
    public static int Order(VerdictStatus outcome) => outcome switch
    {
        VerdictStatus.Ship => 0,
        VerdictStatus.KeepRunning => 1,
        VerdictStatus.Inconclusive => 2,
        VerdictStatus.NoWorthwhileEffect => 3,
        _ => 4,
    };
}
