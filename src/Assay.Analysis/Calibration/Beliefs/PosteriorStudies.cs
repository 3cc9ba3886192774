using System.Collections.Immutable;
using Assay.Analysis.Calibration.Stopping;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Beliefs;

/// <summary>Posteriors where the prior is the truth, and where it is flat.</summary>
internal static class PosteriorStudies
{
    private const double Alpha = 0.05;
    private const double PriorA = 5;
    private const double PriorB = 45;
    private const int Units = 400;
    private const int Looks = 20;
    private const double Sure = 0.95;

    /// <summary>Of the drift: the mean of z at the last look.</summary>
    private static readonly Estimate Prior = new(0, 2, double.PositiveInfinity);

    private static readonly ImmutableArray<double> Fractions = [.. Enumerable.Range(1, Looks).Select(look => (double)look / Looks)];

    public static ImmutableArray<Simulation> All { get; } = [Proportions(), Stopped(), Best(), BestProportions()];

    private static Simulation Proportions() => Simulation.Of(
        "bayes/proportions",
        "Beta posteriors under the true prior",
        "Both rates from Beta(5, 45), then 400 units an arm.",
        10_000,
        1_000,
        draws =>
        {
            double control = draws.Beta(PriorA, PriorB), treatment = draws.Beta(PriorA, PriorB);
            return (Difference: treatment - control, Belief: Bayes.Proportions(draws.Binomial(Units, control), Units, draws.Binomial(Units, treatment), Units, Alpha, PriorA, PriorB).Value);
        },
        new("credible", "credible interval holds the difference", new Claim.Rate(1 - Alpha), "the prior is true", run => run.Belief.Credible.Lower <= run.Difference && run.Difference <= run.Belief.Credible.Upper),
        new("probability", "P(better) less what is so", new Claim.Expectation(0), "the prior is true", run => run.Belief.ProbabilityTreatmentBeatsControl - (run.Difference > 0 ? 1 : 0)),
        new("loss", "expected loss, in percentage points, less what is so", new Claim.Expectation(0), "the prior is true", run => 100 * (run.Belief.ExpectedLossTreatment - Math.Max(0, -run.Difference))));

    /// <summary>Stopping when sure is honest under the true prior and under no other.</summary>
    private static Simulation Stopped() => Simulation.Of(
        "bayes/stopped",
        "Stopping at P(better) > 95 %, either way, at 20 looks",
        "Effects normal about 0, with a variance of 2 on the scale of z at the end.",
        40_000,
        10_000,
        draws =>
        {
            var drift = Math.Sqrt(Prior.Variance) * draws.Normal();
            var path = StoppedTest.Walk(draws, Fractions, drift);
            return (True: Stop(path, drift, Prior), Flat: Stop(path, drift, null));
        },
        new("stated", "true prior: P stated less how often it was right", new Claim.Expectation(0), "the prior is true", run => run.True is { } stop ? stop.Stated - (stop.IsRight ? 1 : 0) : double.NaN),
        new("right", "true prior: how often it was right", new Claim.AtLeast(Sure), "the prior is true", run => run.True is { } stop ? (stop.IsRight ? 1 : 0) : double.NaN),
        new("credible", "true prior: credible interval at the stop", new Claim.Rate(1 - Alpha), "the prior is true", run => run.True is { } stop ? (stop.IsCovered ? 1 : 0) : double.NaN),
        new("flat", "flat prior: how often \"more than 95 %\" was right", new Claim.FallsShort(Sure), "the prior is not true", run => run.Flat is { } stop ? (stop.IsRight ? 1 : 0) : double.NaN) { IsNaive = true });

    private static Simulation Best() => Simulation.Of(
        "bayes/best-arm",
        "The best of four arms under the true prior",
        "Normal means from N(0, 1), each estimated with a standard error of 0.7.",
        5_000,
        1_000,
        draws =>
        {
            var truths = Enumerable.Range(0, 4).Select(_ => draws.Normal()).ToArray();
            var posteriors = truths.Select(truth => NormalPosterior.Of(new Estimate(truth + (0.7 * draws.Normal()), 0.49, double.PositiveInfinity), new Estimate(0, 1, double.PositiveInfinity)).Value).ToArray();
            return (Truths: truths, Best: BestArm.OfMeans(posteriors).Value);
        },
        new("best", "P(best) of the first arm less what is so", new Claim.Expectation(0), "the prior is true", run => run.Best.ProbabilityBest[0] - (run.Truths[0] == run.Truths.Max() ? 1 : 0)),
        new("loss", "expected loss of the first arm less what is so", new Claim.Expectation(0), "the prior is true", run => run.Best.ExpectedLoss[0] - (run.Truths.Max() - run.Truths[0])));

    /// <summary>Four rates from the prior that is used.</summary>
    private static Simulation BestProportions() => Simulation.Of(
        "bayes/best-proportion",
        "The best of four rates under the true prior",
        "Rates from Beta(5, 45), then 400 units an arm.",
        5_000,
        1_000,
        draws =>
        {
            var truths = Enumerable.Range(0, 4).Select(_ => draws.Beta(PriorA, PriorB)).ToArray();
            var posteriors = truths.Select(truth => draws.Binomial(Units, truth)).Select(converted => (PriorA + converted, PriorB + Units - converted)).ToArray();
            return (Truths: truths, Best: BestArm.OfProportions(posteriors).Value);
        },
        new("best", "P(best) of the first arm less what is so", new Claim.Expectation(0), "the prior is true", run => run.Best.ProbabilityBest[0] - (run.Truths[0] == run.Truths.Max() ? 1 : 0)),
        new("second", "P(second) of the first arm less what is so", new Claim.Expectation(0), "the prior is true", run => run.Best.ProbabilitySecond[0] - (run.Truths.Count(truth => truth > run.Truths[0]) == 1 ? 1 : 0)),
        new("loss", "expected loss of the first arm, in percentage points, less what is so", new Claim.Expectation(0), "the prior is true", run => 100 * (run.Best.ExpectedLoss[0] - (run.Truths.Max() - run.Truths[0]))),
        new("sure", "how often the arm with the largest P(best) is best, less that P", new Claim.Expectation(0), "the prior is true", run =>
            run.Best.ProbabilityBest.Max() is var stated && run.Truths[run.Best.ProbabilityBest.IndexOf(stated)] == run.Truths.Max() ? 1 - stated : -stated));

    private static (double Stated, bool IsRight, bool IsCovered)? Stop(double[] path, double drift, Estimate? prior)
    {
        for (var k = 0; k < Looks; k++)
        {
            var effect = new Estimate(path[k] / Math.Sqrt(Fractions[k]), 1 / Fractions[k], double.PositiveInfinity);
            var belief = Bayes.Means(effect, Alpha, prior).Value;
            var stated = Math.Max(belief.ProbabilityTreatmentBeatsControl, belief.ProbabilityControlBeatsTreatment);
            if (stated <= Sure) continue;
            return (stated, belief.ProbabilityTreatmentBeatsControl > 0.5 == drift > 0, belief.Credible.Lower <= drift && drift <= belief.Credible.Upper);
        }

        return null;
    }
}
