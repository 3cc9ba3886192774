namespace Assay.Analysis.Readouts;

/// <summary>A confidence sequence on matured units, at the uncorrected α.</summary>
public sealed record AlwaysValidReadout
{
    /// <summary>When it may be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>The sequence: fixed by design and plan before the start, and the same at every look.</summary>
    public required AlwaysValidMethod Method { get; init; }

    /// <summary>Whether it speaks yet.</summary>
    public required InferenceStatus Status { get; init; }

    /// <summary>Current p-value: valid at this look as at every other, and no running minimum.</summary>
    public required double? PValue { get; init; }

    /// <summary>Lower end of the effect's interval.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of the effect's interval.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>Whether the p-value is at most α.</summary>
    public required bool IsSignificant { get; init; }

    /// <summary>Variance of the normal mixing distribution, tuned to the planned size; null for another method.</summary>
    public required double? MixtureVariance { get; init; }
}
