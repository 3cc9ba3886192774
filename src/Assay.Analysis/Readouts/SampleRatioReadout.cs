namespace Assay.Analysis.Readouts;

/// <summary>Exposed units against the frozen split.</summary>
public sealed record SampleRatioReadout
{
    /// <summary>Whether the counts fit the split. A unit in an arm of weight 0 is an alarm too.</summary>
    public required SampleRatioStatus Status { get; init; }

    /// <summary>Pearson's χ² over arms with a positive weight, for reference.</summary>
    public required double? ChiSquare { get; init; }

    /// <summary>p-value of χ², to be read once.</summary>
    public required double? PValue { get; init; }

    /// <summary>Current p-value of the sequential test, valid at every look.</summary>
    public required double? SequentialPValue { get; init; }

    /// <summary>Whether the sequential p-value is at most 0.001.</summary>
    public required bool IsSrm { get; init; }

    /// <summary>Exposed units of each arm.</summary>
    public required IReadOnlyList<long> ObservedCounts { get; init; }

    /// <summary>Units of each arm that the split expects of this total.</summary>
    public required IReadOnlyList<double> ExpectedCounts { get; init; }

    /// <summary>The finding in a sentence.</summary>
    public required string Verdict { get; init; }
}
