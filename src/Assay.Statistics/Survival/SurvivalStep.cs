using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A fall of the curve.</summary>
/// <param name="Time">When, in the unit of the times.</param>
/// <param name="AtRisk">Units still followed just before.</param>
/// <param name="Events">Units to whom it happened.</param>
/// <param name="Survival">S = ∏(1 − d/n), the share from here on.</param>
/// <param name="Greenwood">Σ d ÷ (n(n − d)), the variance of ln S (Greenwood 1926); infinite where S = 0.</param>
/// <param name="Hazard">−ln S, precise near 0; infinite where S = 0.</param>
public readonly record struct SurvivalStep(double Time, long AtRisk, long Events, double Survival, double Greenwood, double Hazard)
{
    /// <summary>S·√Greenwood; undetermined where S = 0.</summary>
    public Outcome<double> StandardError => Survival > 0 ? Survival * Math.Sqrt(Greenwood) : Reason.NoVariance;

    /// <summary>S^exp(±z·√Greenwood ÷ ln S), the interval on the log(−log) scale, always inside (0, 1) (Kalbfleisch &amp; Prentice 1980); undetermined where S = 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public Outcome<Interval> IntervalAt(double alpha)
    {
        Check.Level(alpha);
        if (!(Survival > 0)) return Reason.NoVariance;
        var radius = Normal.TwoSidedCritical(alpha) * Math.Sqrt(Greenwood) / Hazard;
        return new Interval(Math.Exp(-Hazard * Math.Exp(radius)), Math.Exp(-Hazard * Math.Exp(-radius)));
    }
}
