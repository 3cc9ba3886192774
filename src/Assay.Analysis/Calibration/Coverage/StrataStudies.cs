using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Strata, epochs of a changed allocation, and caps.</summary>
internal static class StrataStudies
{
    private const double Alpha = 0.05;
    private const double Lift = 0.1;

    private static readonly ImmutableArray<(double Share, double Mean)> Strata = [(0.5, 0), (0.3, 1), (0.15, 3), (0.05, 8)];

    public static ImmutableArray<Simulation> All { get; } = [Stratified(), Epochs(), Capped()];

    private static Simulation Stratified()
    {
        const int units = 400;
        var between = Strata.Sum(stratum => stratum.Share * stratum.Mean * stratum.Mean) - Math.Pow(Strata.Sum(stratum => stratum.Share * stratum.Mean), 2);
        return Simulation.Of(
            "coverage/post-stratification",
            "Four strata that differ",
            "400 units an arm, the strata drawn at random, an effect of 0.1 in each.",
            20_000,
            4_000,
            draws => PostStratification.Of([.. Strata.Zip(Counts(draws, units), Counts(draws, units)).Select(stratum => (Normal(draws, stratum.Second, stratum.First.Mean), Normal(draws, stratum.Third, stratum.First.Mean + Lift)))]).Value,
            new("interval", "post-stratified interval", new Claim.Rate(1 - Alpha, 0.005), "nominal", sample => Covers(sample.Effect)),
            new("unadjusted", "unadjusted interval", new Claim.Rate(1 - Alpha, 0.005), "nominal", sample => Covers(sample.Unadjusted)),
            new("variance", "reported variance over the unadjusted", new Claim.Expectation(1 / (1 + between), 0.01), "variance within strata", sample => sample.Effect.Variance / sample.Unadjusted.Variance),
            new("bias", "estimate", new Claim.Expectation(Lift), "unbiased", sample => sample.Effect.Value));
    }

    /// <summary>A ramp: the treatment share and the baseline change together, which the plain difference takes for an effect.</summary>
    private static Simulation Epochs()
    {
        return Simulation.Of(
            "coverage/epochs",
            "A ramp from 10 % to 50 % while the baseline drifts",
            "900 and 100 units at a mean of 1, then 500 and 500 at 1.5; an effect of 0.1.",
            20_000,
            4_000,
            draws => PostStratification.Of((draws.Normal(900, 1, 1), draws.Normal(100, 1 + Lift, 1)), (draws.Normal(500, 1.5, 1), draws.Normal(500, 1.5 + Lift, 1))).Value,
            new("by-epoch", "interval by epoch", new Claim.Rate(1 - Alpha, 0.003), "nominal", sample => Covers(sample.Effect)),
            new("bias", "estimate by epoch", new Claim.Expectation(Lift), "unbiased", sample => sample.Effect.Value),
            new("unadjusted", "interval of the plain difference", new Claim.FallsShort(1 - Alpha), "Simpson's paradox", sample => Covers(sample.Unadjusted)) { IsNaive = true });
    }

    private static Simulation Capped()
    {
        const int units = 2000;
        return Simulation.Of(
            "coverage/winsorised",
            "Amounts capped at their 99 % quantile",
            "2,000 log-normal amounts an arm (σ = 2), no difference.",
            10_000,
            2_000,
            draws => (Control: Amounts(draws, units), Treatment: Amounts(draws, units)),
            new("pooled", "one cap, from both arms together", new Claim.Rate(Alpha, 0.005), "nominal", sample => Rejects(sample, [.. sample.Control, .. sample.Treatment], [.. sample.Control, .. sample.Treatment])),
            new("by-arm", "a cap by arm", new Claim.Exceeds(Alpha), "the caps are estimated apart", sample => Rejects(sample, sample.Control, sample.Treatment)) { IsNaive = true });
    }

    private static int[] Counts(Draws draws, int units)
    {
        var counts = new int[Strata.Length];
        var (left, share) = (units, 1.0);
        for (var i = 0; i + 1 < counts.Length; i++)
        {
            counts[i] = draws.Binomial(left, Strata[i].Share / share);
            left -= counts[i];
            share -= Strata[i].Share;
        }

        counts[^1] = left;
        return counts;
    }

    private static Moments Normal(Draws draws, int count, double mean) => draws.Of(count, unit => mean + unit.Normal());

    private static double[] Amounts(Draws draws, int count)
    {
        var amounts = new double[count];
        for (var i = 0; i < count; i++) amounts[i] = draws.LogNormal(2);
        return amounts;
    }

    private static bool Rejects((double[] Control, double[] Treatment) sample, double[] forControl, double[] forTreatment) =>
        FixedHorizon.Welch(Capped(sample.Control, forControl), Capped(sample.Treatment, forTreatment), Alpha).Value.PValue <= Alpha;

    private static Moments Capped(double[] values, double[] reference)
    {
        var caps = Winsorisation.AtQuantiles(reference, null, 0.99).Value;
        return Moments.Of([.. values.Select(caps.Apply)]);
    }

    private static bool Covers(Estimate effect)
    {
        var interval = FixedHorizon.Infer(effect, Alpha).Value.Interval;
        return interval.Lower <= Lift && Lift <= interval.Upper;
    }
}
