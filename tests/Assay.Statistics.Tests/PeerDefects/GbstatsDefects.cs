using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.PeerDefects;

/// <summary>What gbstats 0.8.0 gets wrong (run or read in its source), and our answer to the same question.</summary>
public sealed class GbstatsDefects
{
    private static readonly double Infinity = double.PositiveInfinity;

    /// <summary>There p = 2(1 − cdf), which is exactly 0 beyond z of about 8.2, so that strong results lose their order and Holm and Benjamini–Hochberg their ties.</summary>
    [Fact]
    public void A_p_value_far_out_underflows_to_zero()
    {
        double[] p = [.. new[] { 9.0, 12, 20, 37 }.Select(z => FixedHorizon.Infer(new Estimate(z, 1, Infinity), 0.05).Value.PValue)];
        Assert.All(p, value => Assert.True(value > 0));
        Assert.True(p.SequenceEqual(p.OrderDescending()));
        Assert.Equal(4, Multiplicity.Holm(p).Distinct().Count());
        Assert.Equal(4, Multiplicity.BenjaminiHochberg(p).Distinct().Count());
        // Far beyond the smallest double the logarithm goes on.
        Assert.Equal(-5008.2, Normal.LogSurvival(100) + (2 * Math.Log(2)), 5.0);
    }

    /// <summary>There an absolute test answers p = 1 when the control mean is 0: with n = 100 and a difference of 5 standard deviations.</summary>
    [Fact]
    public void A_control_mean_of_zero_hides_an_absolute_effect()
    {
        var test = FixedHorizon.Welch(new Moments(100, 0, 99), new Moments(100, 5, 99), 0.05).Value;
        Assert.True(test.PValue < 1e-80);
        Assert.Equal(5 / Math.Sqrt(0.02), test.Statistic, 1e-12);
        Assert.Equal(Reason.ZeroBaseline, Effect.RelativeDelta(new Estimate(0, 0.01, 99), new Estimate(5, 0.01, 99)).Reason);
    }

    /// <summary>There one arm without variance makes p = 1.</summary>
    [Fact]
    public void An_arm_without_variance_hides_an_effect()
    {
        var test = FixedHorizon.Welch(new Moments(100, 1, 0), new Moments(100, 2, 99), 0.05).Value;
        Assert.Equal(StudentT.TwoSidedPValue(10, 99), test.PValue, 1e-25);
        Assert.Equal(Reason.NoVariance, FixedHorizon.Welch(new Moments(100, 1, 0), new Moments(100, 2, 0), 0.05).Reason);
    }

    /// <summary>There the variance comes from sums and sums of squares: 1e9, 1e9 + 1, 1e9 + 2 have variance 0, and a metric of mean 1e9 and standard deviation 1 has "zero variance" and p = 1.</summary>
    [Fact]
    public void A_large_mean_cancels_the_variance()
    {
        var control = Moments.Of([1e9, 1e9 + 1, 1e9 + 2]);
        Assert.Equal(1, control.Variance, 1e-14);
        var test = FixedHorizon.Welch(control, Moments.Of([1e9 + 5, 1e9 + 6, 1e9 + 7]), 0.05).Value;
        Assert.Equal(5 / Math.Sqrt(2.0 / 3), test.Statistic, 1e-12);
        Assert.Equal(1, (Moments.Of([1e9]) + Moments.Of([1e9 + 1]) + Moments.Of([1e9 + 2])).Variance, 1e-12);
    }

    /// <summary>There the degrees of freedom of the sample-ratio test count arms of weight 0: (100, 120, 0) at (.5, .5, 0) gets p = .403, and traffic into an arm of weight 0 is ignored.</summary>
    [Fact]
    public void An_arm_of_weight_zero_dilutes_the_sample_ratio_test()
    {
        var test = SampleRatio.ChiSquare([100, 120, 0], [0.5, 0.5, 0]).Value;
        Assert.Equal((1, 0.178), (test.DegreesOfFreedom, Math.Round(test.PValue, 3)));
        Assert.False(test.UnitsInZeroWeightArm);
        Assert.True(SampleRatio.ChiSquare([100, 120, 1], [0.5, 0.5, 0]).Value.UnitsInZeroWeightArm);
    }

    /// <summary>There a one-sided sequential p is found by bisection and clipped to [1e-5, .4999].</summary>
    [Fact]
    public void A_one_sided_sequential_p_is_clipped()
    {
        double P(double sum) => Math.Min(1, Math.Exp(-NormalMixture.OneSidedLogEvidence(sum, 1, 0.1)));
        Assert.True(P(12) < 1e-20);
        Assert.Equal(1, P(-3));
        Assert.InRange(P(0.9), 0.5, 1);
    }

    /// <summary>There the branch for an absolute prior compares a configuration object with the word "absolute", is never taken, and a relative effect is shrunk by an unscaled prior.</summary>
    [Fact]
    public void An_absolute_prior_is_not_scaled_to_a_relative_effect()
    {
        // A known baseline of 50: the same belief in the metric's unit and as a fraction.
        const double baseline = 50;
        Estimate effect = new(3, 4, Infinity), prior = new(1, 2, Infinity);
        var absolute = Bayes.Means(effect, 0.05, prior).Value;
        var relative = Bayes.Means(new Estimate(3 / baseline, 4 / baseline / baseline, Infinity), 0.05, new Estimate(1 / baseline, 2 / baseline / baseline, Infinity)).Value;
        Assert.Equal(absolute.ProbabilityTreatmentBeatsControl, relative.ProbabilityTreatmentBeatsControl, 1e-14);
        Assert.Equal(absolute.Credible.Lower / baseline, relative.Credible.Lower, 1e-14);
        Assert.NotEqual(Bayes.Means(effect, 0.05).Value.ProbabilityTreatmentBeatsControl, absolute.ProbabilityTreatmentBeatsControl, 1e-3);
    }

    /// <summary>There a prior mean of 0 counts as no prior in the power of a running test, which is then the frequentist one.</summary>
    [Fact]
    public void A_prior_mean_of_zero_is_taken_for_no_prior()
    {
        Estimate effect = new(2, 1, Infinity), belief = new(0, 1, Infinity);
        Assert.Equal(1, NormalPosterior.Of(effect, belief).Value.Value);
        Assert.Equal(2, NormalPosterior.Of(effect, null).Value.Value);
        Assert.True(ConditionalPower.Predictive(1.5, 0.5, 1.96, 0, 1) < ConditionalPower.Predictive(1.5, 0.5, 1.96));
    }

    /// <summary>There the two best arms of a metric that should fall are the order statistics 2 and 3, and two arms alone fail.</summary>
    [Fact]
    public void The_two_best_of_a_falling_metric_are_the_second_and_the_third()
    {
        Estimate[] arms = [new(1, 0.01, Infinity), new(2, 0.01, Infinity), new(9, 0.01, Infinity)];
        var best = BestArm.OfMeans(arms, smallestIsBest: true).Value;
        Assert.Equal([1, 0, 0], best.ProbabilityBest.Select(p => Math.Round(p, 6)));
        Assert.Equal([0, 1, 0], best.ProbabilitySecond.Select(p => Math.Round(p, 6)));
        Assert.Equal([0.5, 0.5], BestArm.OfMeans(arms.AsSpan(0, 2), smallestIsBest: true).Value.TopTwoWeights.Select(p => Math.Round(p, 6)));
    }

    /// <summary>There the variance of a quantile has an absolute floor of 1e-5, whatever the unit of the metric.</summary>
    [Fact]
    public void A_quantile_of_small_values_has_a_variance_of_its_own_scale()
    {
        double[] seconds = [.. Enumerable.Range(1, 1000).Select(i => i * 1e-6)], microseconds = [.. seconds.Select(x => x * 1e6)];
        Estimate small = Quantile.Of(seconds, 0.9).Value, large = Quantile.Of(microseconds, 0.9).Value;
        Assert.Equal(large.Variance, small.Variance * 1e12, 1e-9 * large.Variance);
        Assert.True(small.Variance < 1e-5);
    }

    /// <summary>There "ship" at p &lt; .001 and the default Bayesian rule are fixed tests read at every refresh: they fire without an effect in 1.5 % (112 looks) and in 38, 46 and 60 % (14, 28 and 112 looks).</summary>
    [Fact]
    public void A_fixed_test_is_read_again_at_every_refresh()
    {
        Assert.Equal(0.015, GroupSequential.NaiveFalsePositiveRate(112, 0.001), 0.002);
        Assert.Equal([0.38, 0.46, 0.60], new[] { 14, 28, 112 }.Select(looks => Math.Round(GroupSequential.NaiveFalsePositiveRate(looks, 0.1), 2)));
        Assert.True(MixtureBoundaries.Plain([.. Enumerable.Range(1, 112).Select(k => k / 112.0)], 0.1).CumulativeAlpha[^1] < 0.1);
    }

    /// <summary>There the tuning of the sequential interval is one number for all metrics, guessed before the test: far from it the interval is 3.4 times the fixed one.</summary>
    [Fact]
    public void One_tuning_serves_all_metrics()
    {
        // A metric of its own planned variance: nobody's radius there is smaller than with its own tuning.
        foreach (var planned in (double[])[1e-6, 1, 1e4])
        {
            var tuned = AlwaysValid.MixtureVariance(planned, 0.05);
            var radius = AlwaysValid.Radius(planned, 0.05, tuned);
            Assert.True(radius < AlwaysValid.Radius(planned, 0.05, 1.01 * tuned) && radius < AlwaysValid.Radius(planned, 0.05, tuned / 1.01));
            Assert.Equal(1.55, radius / Math.Sqrt(planned) / 1.959964, 0.01);
        }
    }

    /// <summary>There the percentile cap is computed anew at every refresh from values after exposure, so that what is estimated moves.</summary>
    [Fact]
    public void A_percentile_cap_moves_with_the_data()
    {
        double[] first = [1, 2, 3, 4, 100], later = [.. first, 50, 60, 70];
        Winsorisation before = Winsorisation.AtQuantiles(first, null, 0.75).Value, anew = Winsorisation.AtQuantiles(later, null, 0.75).Value;
        // A cap found again on more data is another cap, and the same unit another value.
        Assert.NotEqual(before.Apply(100), anew.Apply(100));
        // Ours is a value that was found once: what a unit counts does not depend on the units after it.
        Assert.Equal((4, 4, 2), (before.Apply(100), before.Apply(1e6), before.Apply(2)));
        Assert.Equal(first.Select(before.Apply), later.Select(before.Apply).Take(first.Length));
    }

    /// <summary>There nothing keeps a quantile metric from the sequential test of means, although the documents say it has none.</summary>
    [Fact]
    public void A_quantile_has_a_sequence_of_its_own()
    {
        double[] counts = [100, 1_000, 10_000, 1e6, 1e9];
        // Boundaries of n·(F̂(median) − ½), over that quantity's standard deviation √n/2: beyond a fixed test's at every look, and growing like √ln ln n.
        double[] heights = [.. counts.Select(n => StitchedBoundary.Quantile(n, 0.5, 0.05, 100) / Math.Sqrt(n / 4))];
        Assert.All(heights, height => Assert.InRange(height, 1.5 * 1.96, 4 * 1.96));
        Assert.Equal(heights.Order(), heights);
    }
}
