using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Clicks per page view: the denominator is random, and who views more clicks more often.</summary>
internal sealed class RatioWorld : World
{
    private const int Batch = 20;
    private const int MostViews = 20;

    private static readonly (int Clicks, int Views)[] Units = [.. from views in Enumerable.Range(1, MostViews) from clicks in Enumerable.Range(0, views + 1) select (clicks, views)];

    private static readonly double[] Weights = [.. Units.Select(unit => ViewShare(unit.Views) * ClickShare(unit.Clicks, unit.Views))];

    private static readonly OutcomeTable Table = new(Weights);

    public override string Key => "ratio";

    public override string Sentence => "Clicks per view: views geometric with mean 5 (at most 20), the click rate of a view rising with the unit's views; 20,000 units an arm at the end.";

    public override double PlannedUnits => Ticks * Batch;

    /// <summary>Variance of (y − R x)/x̄, the linearised unit.</summary>
    public override double UnitVariance { get; } = Linearised();

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        var (control, treatment) = (new Sums(), new Sums());
        for (var tick = 1; tick <= Ticks; tick++)
        {
            control.Draw(draws);
            treatment.Draw(draws);
            yield return new Sight(
                (double)tick / Ticks, control.Count, treatment.Count, control.Ratio, treatment.Ratio, control.Count >= AlwaysValid.MinimumEffectiveCount);
        }
    }

    private static double ViewShare(int views) => Math.Pow(0.8, views);

    private static double ClickShare(int clicks, int views)
    {
        var (rate, ways) = (0.05 + (0.01 * views), 1.0);
        for (var i = 0; i < clicks; i++) ways *= (double)(views - i) / (i + 1);
        return ways * Math.Pow(rate, clicks) * Math.Pow(1 - rate, views - clicks);
    }

    private static double Linearised()
    {
        double total = Weights.Sum(), clicks = 0, views = 0, square = 0;
        for (var i = 0; i < Units.Length; i++) (clicks, views) = (clicks + (Weights[i] / total * Units[i].Clicks), views + (Weights[i] / total * Units[i].Views));
        for (var i = 0; i < Units.Length; i++)
        {
            var deviation = Units[i].Clicks - (clicks / views * Units[i].Views);
            square += Weights[i] / total * deviation * deviation;
        }

        return square / views / views;
    }

    /// <summary>Sums of small integers, which are exact.</summary>
    private sealed class Sums
    {
        private long _y, _x, _yy, _yx, _xx;

        public long Count { get; private set; }

        public Estimate Ratio => Statistics.Ratio.Of(new JointMoments(
            Count, [(double)_y / Count, (double)_x / Count], [Centred(_yy, _y, _y), Centred(_yx, _y, _x), Centred(_xx, _x, _x)])).Value;

        public void Draw(Draws draws)
        {
            for (var i = 0; i < Batch; i++)
            {
                var (y, x) = Units[Table.Draw(draws)];
                (_y, _x, _yy, _yx, _xx) = (_y + y, _x + x, _yy + (y * y), _yx + (y * x), _xx + (x * x));
            }

            Count += Batch;
        }

        private double Centred(long product, long left, long right) => ((product * Count) - (left * right)) / (double)Count;
    }
}
