namespace Assay.Analysis.Verdicts;

/// <summary>Every code of a <see cref="VerdictReason"/>, with the record of its parameters.</summary>
public static class ReasonCodes
{
    /// <summary>The data have a problem (<see cref="HealthParameters"/>).</summary>
    public const string HealthProblem = "health_problem";

    /// <summary>A guardrail is shown to be worse (<see cref="GuardrailParameters"/>).</summary>
    public const string GuardrailHarm = "guardrail_harm";

    /// <summary>A primary is worse at its corrected level (<see cref="EffectParameters"/>).</summary>
    public const string PrimaryWorse = "primary_worse";

    /// <summary>A primary is better at its corrected level (<see cref="EffectParameters"/>).</summary>
    public const string PrimaryBetter = "primary_better";

    /// <summary>A primary is better, but not shown to be so by the declared minimum (<see cref="ThresholdParameters"/>).</summary>
    public const string BelowMinimumEffect = "below_minimum_effect";

    /// <summary>Every guardrail of a treatment is safe (<see cref="SafeGuardrailsParameters"/>).</summary>
    public const string GuardrailsSafe = "guardrails_safe";

    /// <summary>A guardrail is neither shown safe nor harmed (<see cref="GuardrailParameters"/>).</summary>
    public const string GuardrailUnknown = "guardrail_unknown";

    /// <summary>Every effect worth waiting for is excluded (<see cref="ThresholdParameters"/>).</summary>
    public const string BelowWorthwhileEffect = "below_worthwhile_effect";

    /// <summary>The interval of a primary holds 0 (<see cref="EffectParameters"/>).</summary>
    public const string Undecided = "undecided";

    /// <summary>A decision may not be read before its planned size or look (<see cref="MetricParameters"/>).</summary>
    public const string Locked = "locked";

    /// <summary>The normal approximation is not trustworthy yet (<see cref="ApproximationParameters"/>).</summary>
    public const string TooEarly = "too_early";

    /// <summary>The units do not determine a decision (<see cref="MetricParameters"/>).</summary>
    public const string InsufficientData = "insufficient_data";

    /// <summary>The method is for reference and decides nothing (<see cref="MethodParameters"/>).</summary>
    public const string ReferenceOnly = "reference_only";

    /// <summary>The plan is complete (<see cref="ProgressParameters"/>).</summary>
    public const string PlanComplete = "plan_complete";

    /// <summary>The plan is not complete (<see cref="ProgressParameters"/>).</summary>
    public const string PlanIncomplete = "plan_incomplete";

    /// <summary>The experiment was stopped (<see cref="StoppedParameters"/>).</summary>
    public const string Stopped = "stopped";

    /// <summary>The experiment was not started (<see cref="NoParameters"/>).</summary>
    public const string NotStarted = "not_started";

    /// <summary>The data are a file, and complete (<see cref="NoParameters"/>).</summary>
    public const string FinalData = "final_data";

    /// <summary>The split leaves nothing to compare (<see cref="NoParameters"/>).</summary>
    public const string NothingToCompare = "nothing_to_compare";

    /// <summary>The recommended treatment cannot be told apart from others that may be shipped (<see cref="TieParameters"/>).</summary>
    public const string Tied = "tied";
}
