using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Means of known variance: the world for which boundaries are computed, so that every rate is known exactly.</summary>
internal sealed class GaussianWorld : World
{
    public override string Key => "gaussian";

    public override string Sentence => "Two means of normal units with known variance, growing evenly.";

    public override double PlannedUnits => Ticks;

    public override double UnitVariance => 1;

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        double control = 0, treatment = 0;
        for (var n = 1; n <= Ticks; n++)
        {
            control += draws.Normal();
            treatment += draws.Normal();
            yield return new Sight((double)n / Ticks, n, n, Mean(control, n), Mean(treatment, n), true);
        }

        static Estimate Mean(double sum, int n) => new(sum / n, 1.0 / n, double.PositiveInfinity);
    }
}
