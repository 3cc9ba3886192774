using Assay.Statistics;

namespace Assay.Analysis.Verdicts;

/// <summary>L = ln(treatment mean ÷ control mean) of each age, with the covariance between ages that the same units make.</summary>
/// <param name="Values">L by age.</param>
/// <param name="Control">Covariance of the control's values over the products of its means, a unit: Sⱼₖ ÷ ((n − 1)·mⱼ·mₖ).</param>
/// <param name="Treatment">The same of the treatment.</param>
/// <param name="ControlUnits">Units of the control.</param>
/// <param name="TreatmentUnits">Units of the treatment.</param>
/// <remarks>Delta method; a logarithm treats both arms alike. A mean that counts has a relative standard error below 0.1, and the bias of its logarithm, half the square of that, is below 0.005 and much the same in both arms.</remarks>
internal sealed record AgeRatios(double[] Values, double[][] Control, double[][] Treatment, long ControlUnits, long TreatmentUnits)
{
    /// <summary>Standard errors that a mean must be above 0 before its logarithm counts as normal: of a share, some 100 conversions.</summary>
    private const double Fewest = 10;

    /// <summary>Ratios of every age.</summary>
    /// <returns><see cref="Reason.TooFewUnits"/> below two units an arm, <see cref="Reason.TooEarly"/> where a mean is nearer to 0 than ten standard errors, or below it.</returns>
    public static Outcome<AgeRatios> Of(JointMoments control, JointMoments treatment)
    {
        if (control.Count < 2 || treatment.Count < 2) return Reason.TooFewUnits;
        if (!IsFar(control) || !IsFar(treatment)) return Reason.TooEarly;
        var values = new double[control.Columns];
        for (var age = 0; age < values.Length; age++) values[age] = Math.Log(treatment.Means[age]) - Math.Log(control.Means[age]);
        return new AgeRatios(values, Relative(control), Relative(treatment), control.Count, treatment.Count);
    }

    /// <summary>Covariance of L at these sizes.</summary>
    public double[][] Covariance(double controlUnits, double treatmentUnits) =>
        [.. Control.Select((row, i) => row.Select((value, j) => (value / controlUnits) + (Treatment[i][j] / treatmentUnits)).ToArray())];

    private static bool IsFar(JointMoments arm)
    {
        for (var age = 0; age < arm.Columns; age++)
            if (!(arm.Means[age] > Fewest * Math.Sqrt(arm.Covariance(age, age) / arm.Count))) return false;
        return true;
    }

    private static double[][] Relative(JointMoments arm) =>
        [.. Enumerable.Range(0, arm.Columns).Select(i => Enumerable.Range(0, arm.Columns).Select(j => arm.Covariance(i, j) / arm.Means[i] / arm.Means[j]).ToArray())];
}
