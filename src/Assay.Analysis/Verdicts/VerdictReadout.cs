using System.Text.Json.Serialization;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>What to do, why, and on which numbers: the policy applied to the <c>decision</c> and guardrail blocks.</summary>
public sealed record VerdictReadout
{
    /// <summary>What to do with the experiment: the best action of any treatment.</summary>
    public required VerdictStatus Status { get; init; }

    /// <summary>The treatment to ship; null unless the status is <c>ship</c>.</summary>
    public required int? RecommendedIndex { get; init; }

    /// <summary>Its key.</summary>
    public required string? RecommendedVariation { get; init; }

    /// <summary>The verdict in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>What led to it, what weighs most first.</summary>
    public required IReadOnlyList<VerdictReason> Reasons { get; init; }

    /// <summary>The numbers it rests on.</summary>
    public required VerdictEvidence Evidence { get; init; }

    /// <summary>The treatments with traffic, best first: by outcome, then by the shrunk estimate.</summary>
    public required IReadOnlyList<RankedTreatment> Ranking { get; init; }

    /// <summary>When an answer is expected while the experiment runs: when the plan completes, or when a test of the observed baseline and variance has its power if that is earlier and the method may be read then. Null without traffic to tell from.</summary>
    public required DateTimeOffset? ExpectedAnswerAt { get; init; }
}

/// <summary>One reason: a code for programs, what it speaks of by value, and a sentence for people.</summary>
public sealed record VerdictReason
{
    /// <summary>One of the codes listed in <c>docs/methods/verdict.md</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What the code speaks of.</summary>
    public required ReasonParameters Parameters { get; init; }

    /// <summary>The same in plain words.</summary>
    public required string Sentence { get; init; }
}

/// <summary>The levels and thresholds of the policy, and each treatment's numbers.</summary>
public sealed record VerdictEvidence
{
    /// <summary>α of the primary family.</summary>
    public required double Alpha { get; init; }

    /// <summary>Primaries × treatments with traffic, which share it.</summary>
    public required int Hypotheses { get; init; }

    /// <summary>One-sided level at which each guardrail must be safe.</summary>
    public required double GuardrailLevel { get; init; }

    /// <summary>Two-sided level at which a guardrail is harmed: α ÷ (guardrails + 1).</summary>
    public required double HarmLevel { get; init; }

    /// <summary>Declared minimum effect, percent.</summary>
    public required double MinimumEffectPct { get; init; }

    /// <summary>Declared futility effect, percent; null for a data file, where nobody declared one.</summary>
    public required double? FutilityEffectPct { get; init; }

    /// <summary>The treatments with traffic, by index.</summary>
    public required IReadOnlyList<TreatmentEvidence> Treatments { get; init; }
}

/// <summary>One treatment.</summary>
public sealed record TreatmentEvidence
{
    /// <summary>Index of the variation.</summary>
    public required int VariationIndex { get; init; }

    /// <summary>Key of the variation.</summary>
    public required string VariationKey { get; init; }

    /// <summary>What to do with this treatment; <c>investigate</c> when the data have a problem.</summary>
    public required VerdictStatus Outcome { get; init; }

    /// <summary>Whether its plan is complete: every primary has its planned units with closed windows, or its last look, and every guardrail its units or an answer.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The primaries.</summary>
    public required IReadOnlyList<PrimaryEvidence> Primaries { get; init; }

    /// <summary>The guardrails.</summary>
    public required IReadOnlyList<GuardrailEvidence> Guardrails { get; init; }
}

/// <summary>The decision on one primary, by value.</summary>
public sealed record PrimaryEvidence
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Its desired direction.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<Direction>))]
    public required Direction Direction { get; init; }

    /// <summary>Whether the decision may be read.</summary>
    public required InferenceStatus Status { get; init; }

    /// <summary>The effect, treatment minus control.</summary>
    public required double? Effect { get; init; }

    /// <summary>The effect over the absolute control mean.</summary>
    public required double? EffectRelative { get; init; }

    /// <summary>Lower end of its corrected interval.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of its corrected interval.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>Lower end of the relative effect's corrected interval.</summary>
    public required double? CiRelativeLower { get; init; }

    /// <summary>Upper end of the relative effect's corrected interval.</summary>
    public required double? CiRelativeUpper { get; init; }

    /// <summary>p-value before the correction.</summary>
    public required double? PValue { get; init; }

    /// <summary>p-value after it.</summary>
    public required double? PValueAdjusted { get; init; }

    /// <summary>Two-sided level of the intervals.</summary>
    public required double Level { get; init; }
}

/// <summary>The state of one guardrail, by value.</summary>
public sealed record GuardrailEvidence
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>What is known of it.</summary>
    public required GuardrailState State { get; init; }

    /// <summary>How much worse than the control it may get, percent of the control mean.</summary>
    public required double MarginPct { get; init; }

    /// <summary>Lower bound of the distance to the margin: safe when above 0.</summary>
    public required double? SlackLower { get; init; }

    /// <summary>Lower end of the interval that harm is judged by.</summary>
    public required double? HarmCiLower { get; init; }

    /// <summary>Upper end of the interval that harm is judged by.</summary>
    public required double? HarmCiUpper { get; init; }
}

/// <summary>A treatment's place.</summary>
public sealed record RankedTreatment
{
    /// <summary>1-based; treatments that have the same outcome and the same estimate, or none, share it.</summary>
    public required int Rank { get; init; }

    /// <summary>Index of the variation.</summary>
    public required int VariationIndex { get; init; }

    /// <summary>Key of the variation.</summary>
    public required string VariationKey { get; init; }

    /// <summary>What to do with it.</summary>
    public required VerdictStatus Outcome { get; init; }

    /// <summary>Its largest relative gain, in the desired direction, among the primaries, shrunk by a prior as wide as the MDE (of a data file, not shrunk); null while no decision may be read.</summary>
    public required double? ShrunkGain { get; init; }

    /// <summary>Other treatments of this outcome that it cannot be told apart from: their shrunk gains differ by less than 1.96 standard deviations of the difference, the shared control not counted in.</summary>
    public required IReadOnlyList<int> TiedWith { get; init; }
}
