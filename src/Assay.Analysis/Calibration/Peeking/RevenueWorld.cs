using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Revenue with a heavy tail: most pay nothing, a few pay a thousand times the median.</summary>
internal sealed class RevenueWorld : World
{
    private const int Batch = 50;
    private const double Payers = 0.05;
    private const double Sigma = 2;

    public override string Key => "revenue";

    public override string Sentence => "Revenue: 5 % pay, log-normal with σ = 2 (skewness of a unit 1,800), 50,000 units an arm at the end.";

    public override double PlannedUnits => Ticks * Batch;

    public override double UnitVariance { get; } = (Payers * Math.Exp(2 * Sigma * Sigma)) - (Payers * Payers * Math.Exp(Sigma * Sigma));

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        var (control, treatment) = (new Sums(), new Sums());
        for (var tick = 1; tick <= Ticks; tick++)
        {
            control.Draw(draws);
            treatment.Draw(draws);
            yield return new Sight((double)tick / Ticks, control.Count, treatment.Count, control.Mean, treatment.Mean, control.Count >= AlwaysValid.MinimumEffectiveCount)
            {
                IsNormalEnough = control.IsNormalEnough && treatment.IsNormalEnough,
            };
        }
    }

    /// <summary>Moments and the third raw sum, for the skewness that the start rule asks for.</summary>
    private sealed class Sums
    {
        private Moments _moments;
        private double _first, _second, _third;

        public long Count => _moments.Count;

        public Estimate Mean => Statistics.Mean.Of(_moments).Value;

        public bool IsNormalEnough => _moments.SquaredDeviations > 0 && AlwaysValid.IsNormalEnough(Count, Skewness);

        private double Skewness
        {
            get
            {
                var mean = _first / Count;
                var third = (_third / Count) - (3 * mean * _second / Count) + (2 * mean * mean * mean);
                return third / Math.Pow(_moments.SquaredDeviations / Count, 1.5);
            }
        }

        /// <summary>A batch: those who pay nothing are known without being drawn.</summary>
        public void Draw(Draws draws)
        {
            var payers = draws.Binomial(Batch, Payers);
            _moments += new Moments(Batch - payers, 0, 0);
            for (var i = 0; i < payers; i++)
            {
                var paid = draws.LogNormal(Sigma);
                _moments += new Moments(1, paid, 0);
                (_first, _second, _third) = (_first + paid, _second + (paid * paid), _third + (paid * paid * paid));
            }
        }
    }
}
