using System.Text.Json.Serialization;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>What is decided of a comparison, by the declared method where the metric is a primary: corrected over primaries and arms, or over secondary metrics and arms. Of a group-sequential design all but primaries is read by the always-valid sequence.</summary>
public sealed record DecisionReadout
{
    /// <summary>The method.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<AnalysisMethod>))]
    public required AnalysisMethod Method { get; init; }

    /// <summary>When it may be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>Whether it may be read, and why not.</summary>
    public required InferenceStatus Status { get; init; }

    /// <summary>While the status is <c>too_early</c>: about so many units with closed windows does each arm need until the normal approximation is trusted, if values stay as uneven as they are. Null otherwise, and where nothing tells.</summary>
    public double? UnitsNeeded { get; init; }

    /// <summary>The effect that the interval belongs to: treatment minus control on the units decided on; once a group-sequential test has ended, the median-unbiased estimate of the stage-wise ordering.</summary>
    public double? Estimate { get; init; }

    /// <summary><c>estimate</c> over the absolute control mean of those units; null when that is 0.</summary>
    public double? EstimateRelative { get; init; }

    /// <summary>Standard error of <c>estimate</c>; null without one, and under a posterior.</summary>
    public double? StandardError { get; init; }

    /// <summary>Two-sided level of the intervals: α after the correction.</summary>
    public double Level { get; init; }

    /// <summary>p-value before correction; at recorded looks the repeated one of the last look, once the test has ended that of the stage-wise ordering.</summary>
    public required double? PValue { get; init; }

    /// <summary>p-value after correction over primaries and arms, or over secondary metrics and arms: Holm's, at recorded looks Bonferroni's. A guardrail stands alone.</summary>
    public required double? PValueAdjusted { get; init; }

    /// <summary>Lower end of the effect's interval, at the level that the correction leaves the hypothesis.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of the effect's interval, at the level that the correction leaves the hypothesis.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>Lower end of the relative effect's interval: Fieller's, or that of the exact sequence; at recorded looks the repeated one.</summary>
    public required double? CiRelativeLower { get; init; }

    /// <summary>Upper end of the relative effect's interval; null also where it has none.</summary>
    public required double? CiRelativeUpper { get; init; }

    /// <summary>Whether the adjusted p-value is at most α, which is when the interval excludes 0; at recorded looks whether one of them crossed its boundary. Never for an arm that the split gives no traffic.</summary>
    public required bool IsSignificant { get; init; }

    /// <summary>When it was first significant, as recorded then: p-values and intervals are the current ones, and this stays. Null before that, and for methods that are not read again and again.</summary>
    public DateTimeOffset? CrossedAt { get; init; }
}
