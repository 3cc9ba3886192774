using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Coverage of the intervals of a ratio of shares and of a ratio of Poisson rates, by adding up every table there is.</summary>
internal static class CountStudies
{
    private const double Alpha = 0.05;

    /// <summary>Tables rarer than this are left out; together they are rarer than 1e-6.</summary>
    private const double Negligible = 1e-10;

    private const double ControlEvents = 10;
    private const double TreatmentEvents = 15;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Computed(
            "coverage/ratios-of-counts",
            "Intervals of ratios of counts",
            "Every table with an event in both arms, weighed by its probability: nothing is drawn.",
            Katz("katz", "Katz, 200 units an arm at 10 % and 12 %", 200, 200, 0.1, 0.12, new Claim.Value(0.9556411, 1e-6)),
            Katz("katz-rare", "Katz, 1,000 and 500 units at 3 %", 1000, 500, 0.03, 0.03, new Claim.Value(0.9531770, 1e-6)),
            Poisson("poisson", "exact interval of a rate ratio, 10 and 15 events expected", new Claim.Value(0.9680759, 2e-6), (x, y) => PoissonRates.Of(x, 1, y, 1, Alpha).Exact),
            Poisson("poisson-log", "normal interval of its logarithm", new Claim.Value(0.9543796, 2e-6), (x, y) =>
                FixedHorizon.Infer(PoissonRates.LogRatio(x, 1, y, 1).Value, Alpha).Value.Interval is var log ? new Interval(Math.Exp(log.Lower), Math.Exp(log.Upper)) : default)),
    ];

    private static Question<Simulation.Exactness> Katz(string name, string procedure, int controls, int treatments, double control, double treatment, Claim claim) => new(
        name, procedure, claim, "independent enumeration", _ => Coverage(
            ProportionStudies.Masses(controls, control), ProportionStudies.Masses(treatments, treatment), treatment / control, (x, y) => Proportions.KatzRatio(x, controls, y, treatments, Alpha).Value));

    private static Question<Simulation.Exactness> Poisson(string name, string procedure, Claim claim, Func<int, int, Interval> interval) => new(
        name, procedure, claim, "independent enumeration", _ => Coverage(Poisson(ControlEvents), Poisson(TreatmentEvents), TreatmentEvents / ControlEvents, interval));

    /// <summary>P(the interval holds the ratio | both arms have an event).</summary>
    private static double Coverage(double[] control, double[] treatment, double ratio, Func<int, int, Interval> interval)
    {
        double covered = 0, all = 0;
        for (var x = 1; x < control.Length; x++)
        {
            for (var y = 1; y < treatment.Length; y++)
            {
                var mass = control[x] * treatment[y];
                if (mass < Negligible) continue;
                all += mass;
                var ends = interval(x, y);
                if (ends.Lower <= ratio && ratio <= ends.Upper) covered += mass;
            }
        }

        return covered / all;
    }

    /// <summary>P(X = x) of a Poisson count, as far as it matters.</summary>
    private static double[] Poisson(double mean)
    {
        var masses = new double[(int)(mean + (12 * Math.Sqrt(mean)) + 15)];
        masses[0] = Math.Exp(-mean);
        for (var x = 1; x < masses.Length; x++) masses[x] = masses[x - 1] * mean / x;
        return masses;
    }
}
