namespace Assay.Statistics;

/// <summary>What the posterior says of treatment against control.</summary>
/// <param name="ProbabilityTreatmentBeatsControl">P(treatment &gt; control), free of direction.</param>
/// <param name="ExpectedLossControl">Expected loss of choosing control, E[(t − c)⁺], in the metric's unit.</param>
/// <param name="ExpectedLossTreatment">Expected loss of choosing treatment, E[(c − t)⁺].</param>
/// <param name="Credible">Equal-tailed interval of t − c at level 1 − α.</param>
public sealed record PosteriorComparison(double ProbabilityTreatmentBeatsControl, double ExpectedLossControl, double ExpectedLossTreatment, Interval Credible)
{
    /// <summary>P(control &gt; treatment), with its own relative precision.</summary>
    public required double ProbabilityControlBeatsTreatment { get; init; }
}
