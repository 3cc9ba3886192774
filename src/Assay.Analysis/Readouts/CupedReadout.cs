namespace Assay.Analysis.Readouts;

/// <summary>A metric with the variance that pre-exposure covariates explain taken out, on matured units.</summary>
public sealed record CupedReadout
{
    /// <summary>Whether there is an adjustment.</summary>
    public required CupedStatus Status { get; init; }

    /// <summary>Share of the effects' variance that the covariates explain.</summary>
    public required double? VarianceReduction { get; init; }

    /// <summary>Share of matured units that have the covariate (of several, the scarcest).</summary>
    public required double? Coverage { get; init; }

    /// <summary>One entry a treatment, against the control.</summary>
    public required IReadOnlyList<CupedComparison> Comparisons { get; init; }
}

/// <summary>One treatment against the control, adjusted.</summary>
public sealed record CupedComparison
{
    /// <summary>Index of the treatment.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>Whether it could be computed.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>Variance-minimising coefficients: of each covariate, its value and its missing indicator.</summary>
    public required IReadOnlyList<double> Theta { get; init; }

    /// <summary>The test of the adjusted means.</summary>
    public required FixedAnalysis Analysis { get; init; }
}
