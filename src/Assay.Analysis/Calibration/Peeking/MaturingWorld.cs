using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Units that arrive ever faster and unevenly, come back, and buy late: seen as everything so far, or once their window has closed.</summary>
/// <remarks>
/// A unit's value grows after its exposure, so the running means are no sums of independent terms: with arrivals growing like t², looks at s &lt; t correlate like (s/t)^1.5 and not (s/t)^0.5,
/// and boundaries that count on the latter are crossed too often. A matured unit's value is final, and the completed means are sums again.
/// </remarks>
internal sealed class MaturingWorld(bool isRunning) : World
{
    private const int UnitsOfAnArm = 3000;
    private const int Window = Ticks;
    private const double MeanPurchases = 2;
    private const double PurchaseSigma = 0.5;
    private const double UnitSigma = 0.3;

    private static readonly OutcomeTable Arrivals = new([.. Enumerable.Range(1, Ticks).Select(tick => tick * (1 + (0.6 * Math.Sin(2 * Math.PI * tick / 70))))]);

    public bool IsRunning => isRunning;

    public override int Runs => 10_000;

    public override string Key => isRunning ? "running" : "completed";

    public override string Sentence => isRunning
        ? "The same units, every one exposed counted with its value so far: looks at equal steps of the calendar."
        : "Units that arrive unevenly and ever faster, return and buy over a long window, counted once the window has closed; 3,000 an arm.";

    public override double PlannedUnits => UnitsOfAnArm;

    /// <summary>A mixed compound Poisson value: E[λ]E[v²] + Var(λ)E[v]².</summary>
    public override double UnitVariance { get; } = (MeanPurchases * Math.Exp(PurchaseSigma * PurchaseSigma))
        + (MeanPurchases * MeanPurchases * (Math.Exp(UnitSigma * UnitSigma) - 1));

    public override IEnumerable<Sight> Unfold(Draws draws)
    {
        var happenings = Happenings.Draw(draws, isRunning);
        Sums[] arms = [new(), new()];
        var level = 0;
        for (var tick = 0; tick < happenings.Length; tick++)
        {
            foreach (var (arm, before, after, isNew) in happenings.At(tick)) arms[arm].Change(before, after, isNew);
            var fraction = isRunning ? (tick + 1.0) / Ticks : (arms[0].Count + arms[1].Count) / (2.0 * UnitsOfAnArm);
            if ((int)(fraction * Ticks) <= level || Math.Min(arms[0].Count, arms[1].Count) < 2) continue;
            level = (int)(fraction * Ticks);
            yield return new Sight(
                fraction, arms[0].Count, arms[1].Count, arms[0].Mean, arms[1].Mean, Math.Min(arms[0].Count, arms[1].Count) >= AlwaysValid.MinimumEffectiveCount);
            if (level >= Ticks) yield break;
        }
    }

    private sealed class Sums
    {
        private double _sum, _squares;

        public int Count { get; private set; }

        public Estimate Mean => new(_sum / Count, (_squares - (_sum * _sum / Count)) / (Count - 1) / Count, Count - 1);

        public void Change(double before, double after, bool isNew)
        {
            if (isNew) Count++;
            _sum += after - before;
            _squares += (after * after) - (before * before);
        }
    }

    /// <summary>All that happens to all units, by tick: arrivals and purchases, or closing windows.</summary>
    private sealed class Happenings
    {
        private readonly List<(int Arm, double Before, double After, bool IsNew)>?[] _byTick = new List<(int, double, double, bool)>?[Ticks + Window + 1];

        public int Length => _byTick.Length;

        public static Happenings Draw(Draws draws, bool isRunning)
        {
            var all = new Happenings();
            var delays = new List<int>();
            for (var unit = 0; unit < 2 * UnitsOfAnArm; unit++)
            {
                int arm = unit % 2, arrival = Arrivals.Draw(draws), purchases = draws.Poisson(MeanPurchases * draws.LogNormal(UnitSigma) * Math.Exp(-UnitSigma * UnitSigma / 2));
                delays.Clear();
                for (var i = 0; i < purchases; i++) delays.Add(draws.Below(Window));
                delays.Sort();
                if (isRunning) all.Add(arrival, (arm, 0, 0, true));
                double value = 0;
                foreach (var delay in delays)
                {
                    var grown = value + (draws.LogNormal(PurchaseSigma) * Math.Exp(-PurchaseSigma * PurchaseSigma / 2));
                    if (isRunning) all.Add(arrival + delay, (arm, value, grown, false));
                    value = grown;
                }

                if (!isRunning) all.Add(arrival + Window, (arm, 0, value, true));
            }

            return all;
        }

        public List<(int Arm, double Before, double After, bool IsNew)> At(int tick) => _byTick[tick] ?? [];

        private void Add(int tick, (int, double, double, bool) happening) => (_byTick[tick] ??= []).Add(happening);
    }
}
