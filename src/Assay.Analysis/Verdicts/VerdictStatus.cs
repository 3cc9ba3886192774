using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>What to do, by the policy that the design was frozen with.</summary>
[JsonConverter(typeof(SnakeCaseEnum<VerdictStatus>))]
public enum VerdictStatus
{
    /// <summary>A primary is better at its corrected level, every guardrail is safe, nothing is harmed.</summary>
    Ship,

    /// <summary>A guardrail or a primary is shown to be worse.</summary>
    StopHarm,

    /// <summary>Every effect that would be worth the wait is excluded.</summary>
    NoWorthwhileEffect,

    /// <summary>The plan is complete and shows none of the others.</summary>
    Inconclusive,

    /// <summary>Nothing is decided yet, and the plan is not complete.</summary>
    KeepRunning,

    /// <summary>The data have a problem, so nothing else is recommended.</summary>
    Investigate,
}
