using System.Collections.Immutable;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>All that the policy asks of one treatment.</summary>
/// <param name="Primaries">One a primary, at least one.</param>
/// <param name="Guardrails">One a guardrail.</param>
/// <param name="IsComplete">Whether the plan has nothing more to tell of it.</param>
internal sealed record ArmFindings(ImmutableArray<PrimaryFinding> Primaries, ImmutableArray<GuardrailState> Guardrails, bool IsComplete);

/// <summary>One primary of one treatment.</summary>
/// <param name="Standing">By the decision.</param>
/// <param name="ReachesMinimum">Whether the corrected relative interval lies wholly beyond the declared minimum effect; true without one.</param>
/// <param name="IsBelowWorthwhile">Whether its end in the desired direction lies below what is worth waiting for.</param>
internal readonly record struct PrimaryFinding(Standing Standing, bool ReachesMinimum, bool IsBelowWorthwhile)
{
    public bool IsGoodEnough => Standing == Standing.Better && ReachesMinimum;
}

/// <summary>What the corrected decision says of one primary in one treatment.</summary>
internal enum Standing
{
    /// <summary>Nothing that may be read yet.</summary>
    Silent,

    /// <summary>The interval holds 0.</summary>
    Undecided,

    /// <summary>Better in the desired direction.</summary>
    Better,

    /// <summary>Worse.</summary>
    Worse,
}
