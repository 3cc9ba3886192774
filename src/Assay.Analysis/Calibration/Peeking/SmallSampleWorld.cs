using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Normal units one by one, their variance estimated: where an exact t has to be exact.</summary>
internal sealed class SmallSampleWorld : World
{
    public override string Key => "small-samples";

    public override string Sentence => "Normal units, one an arm at a time, variance estimated from the second unit on, up to 1,000 an arm.";

    public override double PlannedUnits => Ticks;

    public override double UnitVariance => 1;

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        Moments control = default, treatment = default;
        for (var n = 1; n <= Ticks; n++)
        {
            control += new Moments(1, draws.Normal(), 0);
            treatment += new Moments(1, draws.Normal(), 0);
            if (n > 1) yield return new Sight((double)n / Ticks, n, n, Mean.Of(control).Value, Mean.Of(treatment).Value, n >= AlwaysValid.MinimumEffectiveCount);
        }
    }
}
