using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>A rare conversion.</summary>
internal sealed class BinaryWorld : World
{
    public const double Rate = 0.01;

    public const int Batch = 100;

    public override string Key => "binary";

    public override string Sentence => "A conversion of 1 % in both arms, 100,000 units an arm at the end.";

    public override double PlannedUnits => Ticks * Batch;

    public override double UnitVariance => Rate * (1 - Rate);

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        long control = 0, treatment = 0;
        for (var tick = 1; tick <= Ticks; tick++)
        {
            control += draws.Binomial(Batch, Rate);
            treatment += draws.Binomial(Batch, Rate);
            long n = tick * Batch;
            yield return new Sight(
                (double)tick / Ticks, n, n, Proportions.Estimate(control, n).Value, Proportions.Estimate(treatment, n).Value, Math.Min(control, treatment) >= AlwaysValid.MinimumEffectiveCount);
        }
    }
}
