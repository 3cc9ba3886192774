namespace Assay.Analysis.Readouts;

/// <summary>A posterior: Beta(1, 1) priors for a binary metric, a flat normal one otherwise.</summary>
public sealed record BayesianReadout
{
    /// <summary>When it may be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>Probability that the treatment's mean is higher, whatever the direction.</summary>
    public required double? ProbabilityTreatmentBeatsControl { get; init; }

    /// <summary>Probability that the treatment is better in the desired direction.</summary>
    public required double? ProbabilityTreatmentBetter { get; init; }

    /// <summary>Expected loss of choosing the control, in the metric's unit and desired direction.</summary>
    public required double? ExpectedLossControl { get; init; }

    /// <summary>Expected loss of choosing the treatment, in the metric's unit and desired direction.</summary>
    public required double? ExpectedLossTreatment { get; init; }

    /// <summary>Lower end of the equal-tailed credible interval of the effect.</summary>
    public required double? CredibleLower { get; init; }

    /// <summary>Upper end of the equal-tailed credible interval of the effect.</summary>
    public required double? CredibleUpper { get; init; }
}
