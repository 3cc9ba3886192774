using System.Text.Json.Serialization;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>A further primary or a secondary metric, in the shape of the top level, with its own population.</summary>
public sealed record MetricReadout
{
    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<MetricType>))]
    public required MetricType MetricType { get; init; }

    /// <summary>Its desired direction.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<Direction>))]
    public required Direction Direction { get; init; }

    /// <summary>Ok when every treatment's running comparison with the control could be computed.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>Units exposed to an arm.</summary>
    public required long ExposuresTotal { get; init; }

    /// <summary>Converted units for a binary metric, events in the window otherwise.</summary>
    public required long ConversionsTotal { get; init; }

    /// <summary>Its units: windows differ between metrics.</summary>
    public required PopulationReadout Population { get; init; }

    /// <summary>Each treatment against the control, and with <c>pairs=all</c> the other pairs.</summary>
    public required IReadOnlyList<ComparisonReadout> Comparisons { get; init; }

    /// <summary>The metric with variance explained by covariates taken out.</summary>
    public required CupedReadout Cuped { get; init; }
}

/// <summary>Metrics that must not get worse by more than their margin.</summary>
public sealed record GuardrailsReadout
{
    /// <summary>The worst of them.</summary>
    public required GuardrailsStatus Status { get; init; }

    /// <summary>One entry a guardrail.</summary>
    public required IReadOnlyList<GuardrailReadout> Metrics { get; init; }
}

/// <summary>A guardrail, in the shape of the top level, with its own population.</summary>
public sealed record GuardrailReadout
{
    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<MetricType>))]
    public required MetricType MetricType { get; init; }

    /// <summary>Its desired direction.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<Direction>))]
    public required Direction Direction { get; init; }

    /// <summary>How much worse than the control it may get, percent of the control mean.</summary>
    public required double MarginPct { get; init; }

    /// <summary>The worst of the treatments.</summary>
    public required GuardrailState State { get; init; }

    /// <summary>Ok when every treatment's running comparison with the control could be computed.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>Units exposed to an arm.</summary>
    public required long ExposuresTotal { get; init; }

    /// <summary>Converted units for a binary metric, events in the window otherwise.</summary>
    public required long ConversionsTotal { get; init; }

    /// <summary>Its units: windows differ between metrics.</summary>
    public required PopulationReadout Population { get; init; }

    /// <summary>Each treatment against the control, and with <c>pairs=all</c> the other pairs.</summary>
    public required IReadOnlyList<ComparisonReadout> Comparisons { get; init; }

    /// <summary>The metric with variance explained by covariates taken out.</summary>
    public required CupedReadout Cuped { get; init; }

    /// <summary>What each treatment's state rests on.</summary>
    public required IReadOnlyList<NonInferiorityReadout> NonInferiority { get; init; }
}

/// <summary>Whether one treatment keeps a guardrail, on matured units.</summary>
public sealed record NonInferiorityReadout
{
    /// <summary>Index of the treatment.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>What is known.</summary>
    public required GuardrailState State { get; init; }

    /// <summary>When it may be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>Whether it speaks yet.</summary>
    public required InferenceStatus Status { get; init; }

    /// <summary>s·L: how far the treatment is on the safe side of the margin, with L = m_t − (1 − s·margin)·m_c.</summary>
    public required double? Slack { get; init; }

    /// <summary>Lower one-sided bound of <c>slack</c> at level α: safe when above 0.</summary>
    public required double? SlackLower { get; init; }

    /// <summary>Lower end of the two-sided interval of m_t − m_c at level α ÷ (guardrails + 1).</summary>
    public required double? HarmCiLower { get; init; }

    /// <summary>Upper end of the two-sided interval of m_t − m_c at level α ÷ (guardrails + 1).</summary>
    public required double? HarmCiUpper { get; init; }
}
