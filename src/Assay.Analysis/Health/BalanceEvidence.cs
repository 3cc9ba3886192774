namespace Assay.Analysis.Health;

/// <summary>Covariates in the treatments beside the control.</summary>
public sealed record BalanceEvidence : HealthEvidence
{
    /// <summary>The adjusted p-value at which arms differ.</summary>
    public required double Level { get; init; }

    /// <summary>Every covariate by treatment.</summary>
    public required IReadOnlyList<CovariateBalance> Covariates { get; init; }
}

/// <summary>One covariate in one treatment beside the control.</summary>
public sealed record CovariateBalance
{
    /// <summary>The covariate.</summary>
    public required string Covariate { get; init; }

    /// <summary>Index of the treatment.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>Difference of means (0 where a unit has no value) over √((s²ₜ + s²꜀)/2); null without variance.</summary>
    public required double? StandardisedDifference { get; init; }

    /// <summary>Share of units without a value, treatment less control.</summary>
    public required double MissingDifference { get; init; }

    /// <summary>Current p-value of equal means and equal missing shares, adjusted over covariates and treatments by e-BH; valid at every look, and asymptotic.</summary>
    public required double PValueAdjusted { get; init; }
}
