using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two alternatives to a pair of shares, half and half: control a little below its share and treatment a little above, and the reverse.</summary>
internal readonly record struct OpposedPriors(MovingBeta ControlBelow, MovingBeta ControlAbove, MovingBeta TreatmentBelow, MovingBeta TreatmentAbove)
{
    /// <summary>Variance of each prior over that of the arm's share at the planned size.</summary>
    private const double Spread = 1.5;

    // Added to both shapes of every prior, so that one success is evidence against a share of 0.
    private const double Floor = 0.5;

    // A centre farther out than this is as good as at the edge.
    private const double Farthest = 5;

    /// <summary>The same with the arms' names exchanged.</summary>
    public OpposedPriors Swapped => new(TreatmentBelow, TreatmentAbove, ControlBelow, ControlAbove);

    /// <summary>Centres √(2 ln(1/α)) standard errors of the planned difference apart, shared out by the arms' variances: there a likelihood ratio alone would be 1/α.</summary>
    public static OpposedPriors Planned(double baseline, double controlSize, double treatmentSize, double alpha)
    {
        var apart = Math.Sqrt(-2 * Math.Log(alpha) * baseline * (1 - baseline) * ((1 / controlSize) + (1 / treatmentSize)));
        var control = apart * treatmentSize / (controlSize + treatmentSize);
        var treatment = apart * controlSize / (controlSize + treatmentSize);
        return new OpposedPriors(Below(controlSize, control), Above(controlSize, control), Below(treatmentSize, treatment), Above(treatmentSize, treatment));

        MovingBeta Below(double size, double distance) => new(size / Spread, Floor, Floor + (size / Spread * Pull(distance / baseline)));
        MovingBeta Above(double size, double distance) => new(size / Spread, Floor + (size / Spread * Pull(distance / (1 - baseline))), Floor);
        static double Pull(double distance) => Elementary.ExpMinusOne(Math.Min(Farthest, distance));
    }
}
