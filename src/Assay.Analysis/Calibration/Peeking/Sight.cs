using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>What is known of two arms at one moment.</summary>
/// <param name="Fraction">How far on the way to the planned end, in (0, 1].</param>
/// <param name="ControlCount">Units of the control.</param>
/// <param name="TreatmentCount">Units of the treatment.</param>
/// <param name="Control">Mean, rate or ratio of the control.</param>
/// <param name="Treatment">The same of the treatment.</param>
/// <param name="IsStarted">Whether both arms have 100 units, or 100 conversions.</param>
internal readonly record struct Sight(double Fraction, long ControlCount, long TreatmentCount, Estimate Control, Estimate Treatment, bool IsStarted)
{
    public Estimate Effect { get; } = Statistics.Effect.Absolute(Control, Treatment);

    /// <summary>Whether both arms have passed the readout's whole start rule, which also discounts units for skewness.</summary>
    public bool IsNormalEnough { get; init; } = IsStarted;

    /// <summary>Whether there is a variance to judge by.</summary>
    public bool HasVariance => Effect.Variance > 0;

    public double Z => Effect.Value / Math.Sqrt(Effect.Variance);
}
