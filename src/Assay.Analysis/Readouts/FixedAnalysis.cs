namespace Assay.Analysis.Readouts;

/// <summary>A fixed-horizon test.</summary>
public sealed record FixedAnalysis
{
    /// <summary>When it may be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>The test.</summary>
    public required FixedMethod Method { get; init; }

    /// <summary>Treatment mean minus control mean.</summary>
    public required double? Effect { get; init; }

    /// <summary>The effect over the absolute control mean; null when that is 0.</summary>
    public required double? EffectRelative { get; init; }

    /// <summary>Standard error of the effect.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Level of the intervals, 1 − α.</summary>
    public required double CiLevel { get; init; }

    /// <summary>Lower end of the effect's interval.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of the effect's interval.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>Lower end of Fieller's interval of the relative effect.</summary>
    public required double? CiRelativeLower { get; init; }

    /// <summary>Upper end of Fieller's interval of the relative effect.</summary>
    public required double? CiRelativeUpper { get; init; }

    /// <summary>z or t.</summary>
    public required double? TestStatistic { get; init; }

    /// <summary>Two-sided p-value.</summary>
    public required double? PValue { get; init; }

    /// <summary>Whether the p-value is at most α.</summary>
    public required bool IsSignificant { get; init; }
}
