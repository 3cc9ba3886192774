using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Families;

/// <summary>Ranks, times to an event, and effects by day.</summary>
internal static class RankStudies
{
    private const double Alpha = 0.05;
    private const double HazardRatio = 0.7;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "ranks/small",
            "Ranks of eight values an arm",
            "Continuous values, no difference.",
            10_000,
            2_000,
            draws => RankComparison.Of(Values(draws, 8, 1), Values(draws, 8, 1)).Value,
            [new("exact", "exact Mann–Whitney", new Claim.AtMost(Alpha), "permutation", ranks => ranks.ExactPValue <= Alpha)]),
        Simulation.Of(
            "ranks/unequal",
            "Ranks of arms with unequal spread",
            "40 and 80 normal values about one mean, standard deviations 3 and 1.",
            10_000,
            2_000,
            draws => RankComparison.Of(Values(draws, 40, 3), Values(draws, 80, 1)).Value,
            new("brunner-munzel", "Brunner–Munzel", new Claim.Rate(Alpha, 0.008), "valid with unequal shapes", ranks => ranks.BrunnerMunzel(Alpha).Value.PValue <= Alpha),
            new("mann-whitney", "Mann–Whitney", new Claim.Exceeds(Alpha), "assumes equal shapes", ranks => ranks.Asymptotic.Value.PValue <= Alpha) { IsNaive = true }),
        Simulation.Of(
            "ranks/superiority",
            "Ranks of arms that differ",
            "40 and 80 normal values about 0 and 1, standard deviations 3 and 1.",
            20_000,
            4_000,
            draws => RankComparison.Of(Values(draws, 40, 3), [.. Values(draws, 80, 1).Select(value => value + 1)]).Value,
            [new("interval", "Brunner–Munzel interval of P(treatment above control) − ½", new Claim.Rate(1 - Alpha, 0.008), "asymptotic", ranks => ranks.BrunnerMunzel(Alpha).Value.Interval is var ends && ends.Lower <= Superiority && Superiority <= ends.Upper)]),
        Simulation.Of(
            "ranks/survival",
            "Times to an event, censored",
            "200 exponential times an arm, censored at random; a hazard ratio of 1, or of 0.7.",
            5_000,
            1_000,
            draws => (Control: Times(draws, 1), Same: Times(draws, 1), Slower: Times(draws, HazardRatio)),
            new("log-rank", "log-rank test", new Claim.Rate(Alpha, 0.004), "nominal", arms => LogRank.Of(arms.Control, arms.Same).Value.PValue.Value <= Alpha),
            new("cox", "Cox interval of the ratio", new Claim.Rate(1 - Alpha, 0.005), "nominal", arms => FixedHorizon.Infer(CoxRegression.Of(arms.Control, arms.Slower).Value.LogHazardRatio.Value, Alpha).Value.Interval is var ends && ends.Lower <= Math.Log(HazardRatio) && Math.Log(HazardRatio) <= ends.Upper)),
        Simulation.Of(
            "ranks/trend",
            "An effect that does not change, by day",
            "Fourteen daily effects with standard errors 1 to 2.",
            20_000,
            5_000,
            draws => EffectTrend.Of([.. Enumerable.Range(0, 14).Select(day => (double)day)], [.. Enumerable.Range(0, 14).Select(day => Day(draws, 1 + (day / 13.0)))]).Value,
            new("slope", "p-values of the slope", new Claim.Uniform(), "Kolmogorov's test", trend => FixedHorizon.Infer(trend.Slope.Value, Alpha).Value.PValue),
            new("early-late", "p-values of early less late", new Claim.Uniform(), "Kolmogorov's test", trend => FixedHorizon.Infer(trend.EarlyLessLate.Value, Alpha).Value.PValue)),
    ];

    /// <summary>Φ(1/√(3² + 1²)) − ½.</summary>
    private static double Superiority { get; } = Statistics.Distributions.Normal.Cdf(1 / Math.Sqrt(10)) - 0.5;

    private static double[] Values(Draws draws, int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => deviation * draws.Normal())];

    private static TimeToEvent[] Times(Draws draws, double hazard) => [.. Enumerable.Range(0, 200).Select(_ =>
    {
        double time = -Math.Log(draws.Uniform()) / hazard, censored = -2 * Math.Log(draws.Uniform());
        return new TimeToEvent(Math.Min(time, censored), time <= censored);
    })];

    private static Estimate Day(Draws draws, double error) => new(0.3 + (error * draws.Normal()), error * error, double.PositiveInfinity);
}
