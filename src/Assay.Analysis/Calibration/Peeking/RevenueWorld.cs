using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Revenue: most pay nothing, the others log-normal amounts.</summary>
internal sealed class RevenueWorld : World
{
    private const int Batch = 50;

    private readonly double _payers;
    private readonly double _sigma;

    private RevenueWorld(string key, string sentence, double payers, double sigma, int runs)
    {
        (Key, Sentence, _payers, _sigma, Runs) = (key, sentence, payers, sigma, runs);
        UnitVariance = (payers * Math.Exp(2 * sigma * sigma)) - (payers * payers * Math.Exp(sigma * sigma));
    }

    /// <summary>A few pay a thousand times the median: the readout's start rule, which discounts units for skewness, never lets it speak here.</summary>
    public static RevenueWorld HeavyTailed { get; } = new(
        "revenue", "Revenue: 5 % pay, log-normal with σ = 2 (skewness of a unit 1,800), 50,000 units an arm at the end. The readout's whole start rule is not passed in this world at all.", 0.05, 2, 20_000);

    /// <summary>Skewed as much as leaves that start rule something to say.</summary>
    public static RevenueWorld Skewed { get; } = new(
        "skewed", "Spending: 20 % pay, log-normal with σ = 1 (skewness of a unit 10), 50,000 units an arm at the end; the start rule asks for 100 units times the squared skewness of what was seen, about 11,000.", 0.2, 1, 10_000);

    public override string Key { get; }

    public override string Sentence { get; }

    public override double PlannedUnits => Ticks * Batch;

    public override double UnitVariance { get; }

    public override int Runs { get; }

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        var (control, treatment) = (new Sums(), new Sums());
        for (var tick = 1; tick <= Ticks; tick++)
        {
            control.Draw(draws, _payers, _sigma);
            treatment.Draw(draws, _payers, _sigma);
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
        public void Draw(Draws draws, double share, double sigma)
        {
            var payers = draws.Binomial(Batch, share);
            _moments += new Moments(Batch - payers, 0, 0);
            for (var i = 0; i < payers; i++)
            {
                var paid = draws.LogNormal(sigma);
                _moments += new Moments(1, paid, 0);
                (_first, _second, _third) = (_first + paid, _second + (paid * paid), _third + (paid * paid * paid));
            }
        }
    }
}
