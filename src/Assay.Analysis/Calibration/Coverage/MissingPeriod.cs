using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Units without a past: new users, on whom the treatment does nothing.</summary>
internal static class MissingPeriod
{
    private const double Alpha = 0.05;
    private const double NewShare = 0.4;
    private const double EffectOnKnown = 0.5;
    private const double Truth = (1 - NewShare) * EffectOnKnown;
    private const int Units = 500;

    public static Simulation Study { get; } = Simulation.Of(
        "coverage/cuped-missing",
        "A covariate that 40 % of the units do not have",
        "500 units an arm; known ones react by 0.5, new ones not at all: 0.3 on average. New ones differ by 2 besides.",
        10_000,
        2_000,
        draws => (Control: Draw(draws, 0), Treatment: Draw(draws, EffectOnKnown)),
        new("dropped", "estimate, units without a past left out", new Claim.Misses(Truth, EffectOnKnown, 0.003), "the units left out react differently", sample => Estimate(sample.Control, sample.Treatment, known: true).Value) { IsNaive = true },
        new("indicator", "estimate, with an indicator of missing", new Claim.Expectation(Truth), "unbiased", sample => Estimate(sample.Control, sample.Treatment, known: false).Value),
        new("coverage", "interval, with an indicator of missing", new Claim.Rate(1 - Alpha, 0.004), "nominal", sample =>
        {
            var interval = FixedHorizon.Infer(Estimate(sample.Control, sample.Treatment, known: false), Alpha).Value.Interval;
            return interval.Lower <= Truth && Truth <= interval.Upper;
        }));

    /// <summary>Rows (y, x or 0, missing); new units last.</summary>
    private static double[][] Draw(Draws draws, double effect)
    {
        var rows = new double[Units][];
        var known = 0;
        for (var i = 0; i < Units; i++)
        {
            if (draws.Chance(NewShare))
            {
                rows[Units - 1 - (i - known)] = [2 + draws.Normal(), 0, 1];
                continue;
            }

            var x = draws.Normal();
            rows[known++] = [effect + x + (0.5 * draws.Normal()), x, 0];
        }

        return rows;
    }

    private static Estimate Estimate(double[][] control, double[][] treatment, bool known)
    {
        var adjusted = CovariateAdjustment.Optimal(Of(control, known), Of(treatment, known)).Value;
        return Effect.Absolute(adjusted.Control, adjusted.Treatment);
    }

    private static JointMoments Of(double[][] rows, bool known) => JointMoments.Of(known ? [.. rows.Where(row => row[2] == 0).Select(row => row[..2])] : rows);
}
