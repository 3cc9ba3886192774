namespace Assay.Analysis.Readouts;

/// <summary>One arm against another on one metric. The arms, <c>analysis</c>, <c>bayesian</c> and the probability are on the running population, for reference; <c>completed</c>, <c>always_valid</c> and <c>decision</c> on matured units.</summary>
public sealed record ComparisonReadout
{
    /// <summary>Index of the variation compared against.</summary>
    public required int ControlIndex { get; init; }

    /// <summary>Index of the variation compared.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>Whether the running comparison could be computed.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>The control, all exposed units.</summary>
    public required ArmReadout Control { get; init; }

    /// <summary>The treatment, all exposed units.</summary>
    public required ArmReadout Treatment { get; init; }

    /// <summary>The fixed-horizon test on all exposed units, for reference.</summary>
    public required FixedAnalysis Analysis { get; init; }

    /// <summary>The posterior on all exposed units, for reference.</summary>
    public required BayesianReadout Bayesian { get; init; }

    /// <summary>Posterior probability that the treatment's mean is higher, whatever the direction.</summary>
    public required double? ProbabilityTreatmentBeatsControl { get; init; }

    /// <summary>The arms, matured units only.</summary>
    public required CompletedReadout Completed { get; init; }

    /// <summary>Inference valid at every look.</summary>
    public required AlwaysValidReadout AlwaysValid { get; init; }

    /// <summary>What pages colour and verdicts read: the design's method, corrected.</summary>
    public required DecisionReadout Decision { get; init; }

    /// <summary>Whether a sequential method (always-valid, or a recorded look) decides for an effect.</summary>
    public required bool SequentialSignificant { get; init; }
}

/// <summary>The units of one arm and their values.</summary>
public sealed record ArmReadout
{
    /// <summary>Index of the variation.</summary>
    public required int VariationIndex { get; init; }

    /// <summary>Key of the variation.</summary>
    public required string VariationKey { get; init; }

    /// <summary>Units.</summary>
    public required long ExposedUsers { get; init; }

    /// <summary>Units with at least one event that counts.</summary>
    public required long ConvertedUsers { get; init; }

    /// <summary>Mean of the units' values; null without units.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation with n − 1; null below two units.</summary>
    public required double? Std { get; init; }
}

/// <summary>The two arms on matured units, whose windows have closed.</summary>
public sealed record CompletedReadout
{
    /// <summary>The control.</summary>
    public required ArmReadout Control { get; init; }

    /// <summary>The treatment.</summary>
    public required ArmReadout Treatment { get; init; }

    /// <summary>Treatment mean minus control mean.</summary>
    public required double? Effect { get; init; }

    /// <summary>The effect over the absolute control mean; null when that is 0.</summary>
    public required double? EffectRelative { get; init; }
}
