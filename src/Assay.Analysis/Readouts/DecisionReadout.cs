using System.Text.Json.Serialization;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>What the declared method says, corrected for the family of primaries and arms.</summary>
public sealed record DecisionReadout
{
    /// <summary>The method.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<AnalysisMethod>))]
    public required AnalysisMethod Method { get; init; }

    /// <summary>When it may be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>Whether it may be read, and why not.</summary>
    public required InferenceStatus Status { get; init; }

    /// <summary>p-value before correction.</summary>
    public required double? PValue { get; init; }

    /// <summary>p-value after Holm's correction over primaries and arms; a metric outside that family stands alone.</summary>
    public required double? PValueAdjusted { get; init; }

    /// <summary>Lower end of the effect's interval, at the level of the hypothesis' Holm rank.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of the effect's interval, at the level of the hypothesis' Holm rank.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>Lower end of Fieller's interval of the relative effect.</summary>
    public required double? CiRelativeLower { get; init; }

    /// <summary>Upper end of Fieller's interval of the relative effect.</summary>
    public required double? CiRelativeUpper { get; init; }

    /// <summary>Whether the adjusted p-value is at most α, which is when the interval excludes 0. Never for an arm that the split gives no traffic.</summary>
    public required bool IsSignificant { get; init; }
}
