using System.Text.Json.Serialization;
using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>What a reason speaks of, by value; which record it is follows from the code.</summary>
[JsonDerivedType(typeof(HealthParameters))]
[JsonDerivedType(typeof(EffectParameters))]
[JsonDerivedType(typeof(ThresholdParameters))]
[JsonDerivedType(typeof(GuardrailParameters))]
[JsonDerivedType(typeof(SafeGuardrailsParameters))]
[JsonDerivedType(typeof(MetricParameters))]
[JsonDerivedType(typeof(ApproximationParameters))]
[JsonDerivedType(typeof(MethodParameters))]
[JsonDerivedType(typeof(ProgressParameters))]
[JsonDerivedType(typeof(StoppedParameters))]
[JsonDerivedType(typeof(TieParameters))]
[JsonDerivedType(typeof(NoParameters))]
public abstract record ReasonParameters;

/// <summary>Checks that have a problem.</summary>
public sealed record HealthParameters : ReasonParameters
{
    /// <summary>Their codes.</summary>
    public required IReadOnlyList<HealthCode> Codes { get; init; }

    /// <summary>Their names for people.</summary>
    public required IReadOnlyList<string> Titles { get; init; }
}

/// <summary>An effect with its corrected interval.</summary>
public sealed record EffectParameters : ReasonParameters
{
    /// <summary>Key of the treatment.</summary>
    public required string Variation { get; init; }

    /// <summary>The primary.</summary>
    public required string Metric { get; init; }

    /// <summary>The effect, treatment minus control.</summary>
    public required double? Effect { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>The effect over the absolute control mean.</summary>
    public required double? EffectRelative { get; init; }

    /// <summary>Lower end of the relative effect's interval.</summary>
    public required double? CiRelativeLower { get; init; }

    /// <summary>Upper end of the relative effect's interval.</summary>
    public required double? CiRelativeUpper { get; init; }

    /// <summary>Two-sided level of the intervals.</summary>
    public required double Level { get; init; }
}

/// <summary>An end of a relative interval against a threshold, both in the desired direction.</summary>
public sealed record ThresholdParameters : ReasonParameters
{
    /// <summary>Key of the treatment.</summary>
    public required string Variation { get; init; }

    /// <summary>The primary.</summary>
    public required string Metric { get; init; }

    /// <summary>The end, percent of the control mean, positive for a gain; null where nothing bounds it.</summary>
    public required double? BoundPct { get; init; }

    /// <summary>The threshold, percent.</summary>
    public required double ThresholdPct { get; init; }
}

/// <summary>A guardrail of a treatment.</summary>
public sealed record GuardrailParameters : ReasonParameters
{
    /// <summary>Key of the treatment.</summary>
    public required string Variation { get; init; }

    /// <summary>The guardrail.</summary>
    public required string Metric { get; init; }

    /// <summary>How much worse than the control it may get, percent.</summary>
    public required double MarginPct { get; init; }

    /// <summary>Lower end of the difference's interval at <c>harm_level</c>.</summary>
    public required double? HarmCiLower { get; init; }

    /// <summary>Upper end of the difference's interval at <c>harm_level</c>.</summary>
    public required double? HarmCiUpper { get; init; }

    /// <summary>α ÷ (guardrails + 1).</summary>
    public required double HarmLevel { get; init; }
}

/// <summary>A treatment that keeps all its guardrails.</summary>
public sealed record SafeGuardrailsParameters : ReasonParameters
{
    /// <summary>Key of the treatment.</summary>
    public required string Variation { get; init; }

    /// <summary>The guardrails.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }
}

/// <summary>A primary of a treatment that says nothing.</summary>
public sealed record MetricParameters : ReasonParameters
{
    /// <summary>Key of the treatment.</summary>
    public required string Variation { get; init; }

    /// <summary>The primary.</summary>
    public required string Metric { get; init; }
}

/// <summary>A primary of a treatment whose test is not trustworthy yet.</summary>
public sealed record ApproximationParameters : ReasonParameters
{
    /// <summary>Key of the treatment.</summary>
    public required string Variation { get; init; }

    /// <summary>The primary.</summary>
    public required string Metric { get; init; }

    /// <summary>Units with closed windows in the arm that has fewer.</summary>
    public required long Completed { get; init; }

    /// <summary>About so many does each arm need; null where nothing tells.</summary>
    public required double? UnitsNeeded { get; init; }
}

/// <summary>The method of analysis.</summary>
public sealed record MethodParameters : ReasonParameters
{
    /// <summary>The declared one.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<AnalysisMethod>))]
    public required AnalysisMethod Method { get; init; }
}

/// <summary>How far the arm and metric have come that are farthest from their plan.</summary>
public sealed record ProgressParameters : ReasonParameters
{
    /// <summary>Units with closed windows.</summary>
    public required long Completed { get; init; }

    /// <summary>Planned ones.</summary>
    public required long Planned { get; init; }

    /// <summary>Units a day that the forecast counts on, in all arms; null where it counts on none, as when the experiment is stopped.</summary>
    public required double? UnitsPerDay { get; init; }

    /// <summary>When an answer is expected.</summary>
    public required DateTimeOffset? ExpectedAnswerAt { get; init; }
}

/// <summary>An experiment that was stopped.</summary>
public sealed record StoppedParameters : ReasonParameters
{
    /// <summary>When the last open window closes; null when none is open.</summary>
    public required DateTimeOffset? WindowsOpenUntil { get; init; }
}

/// <summary>Treatments that cannot be told apart.</summary>
public sealed record TieParameters : ReasonParameters
{
    /// <summary>Their keys, the recommended one first.</summary>
    public required IReadOnlyList<string> Variations { get; init; }
}

/// <summary>The code says it all.</summary>
public sealed record NoParameters : ReasonParameters;
