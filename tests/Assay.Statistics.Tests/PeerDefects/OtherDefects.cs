using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.PeerDefects;

/// <summary>What the first system, spotify/confidence, tea-tasting, avlm, rpact, statsmodels and scipy get wrong or leave out, and our answer.</summary>
public sealed class OtherDefects
{
    /// <summary>The first system interpolated O'Brien and Fleming's bounds between anchors: up to .0021 off, all of 57 designs by more than 1e-6.</summary>
    [Theory]
    [InlineData(2, 0.05)]
    [InlineData(5, 0.05)]
    [InlineData(20, 0.01)]
    [InlineData(7, 0.13)]
    public void Bounds_are_interpolated_between_anchors(int looks, double alpha)
    {
        var bounds = GroupSequential.OBrienFleming(looks, alpha);
        Assert.Equal(alpha, bounds.CumulativeAlpha[^1], 1e-11);
        Assert.Equal(bounds.Z[0], bounds.Z[^1] * Math.Sqrt(looks), 1e-10);
    }

    /// <summary>The first system printed the cumulative level of another design beside its bounds: .0019 at the second of five looks, where it is .00126.</summary>
    [Fact]
    public void The_cumulative_level_is_another_designs() => Assert.Equal(0.00126, GroupSequential.OBrienFleming(5, 0.05).CumulativeAlpha[1], 5e-6);

    /// <summary>The first system inflated sizes by a table, 1.013 for two looks and 1.038 for twenty, flat in level and power; exact are 1.0078 and 1.0474 at .05 and .8.</summary>
    [Fact]
    public void Inflation_is_flat_in_level_and_power()
    {
        double Of(int looks, double alpha, double power) => SequentialDesign.Of(GroupSequential.OBrienFleming(looks, alpha), alpha, power).Inflation;
        Assert.Equal(1.0078, Of(2, 0.05, 0.8), 1e-4);
        Assert.Equal(1.0474, Of(20, 0.05, 0.8), 1e-4);
        Assert.NotEqual(Of(5, 0.05, 0.8), Of(5, 0.01, 0.8), 1e-3);
        Assert.NotEqual(Of(5, 0.05, 0.8), Of(5, 0.05, 0.95), 1e-4);
    }

    /// <summary>The first system's t distribution was off by 3e-7 and had no tail beyond 1e-16.</summary>
    [Fact]
    public void The_t_distribution_has_no_tail()
    {
        // One degree of freedom is Cauchy's distribution, P(T > t) = atan(1/t)/π.
        foreach (var t in (double[])[0.3, 1, 7, 1e8, 1e30, 1e300]) Assert.Equal(Math.Atan(1 / t) / Math.PI, StudentT.Survival(t, 1), 1e-14 * Math.Atan(1 / t));
    }

    /// <summary>The first system replaced t by the normal distribution at a million degrees of freedom, 2.5e-5 of the p-value away.</summary>
    [Fact]
    public void A_million_degrees_of_freedom_are_taken_for_infinite()
    {
        // P(T > z) = Q(z) + φ(z)(z³ + z)/4ν + O(ν⁻²).
        const double z = 3.1;
        Assert.Equal(Normal.Density(z) * ((z * z * z) + z) / 4e6, StudentT.Survival(z, 1e6) - Normal.Survival(z), 1e-12);
        Assert.True(StudentT.Survival(z, 1e6) / Normal.Survival(z) > 1 + 2.5e-5);
    }

    /// <summary>The first system resampled 2,000 times for quantiles and permutation tests: no p below 1/2000, and another one at each call.</summary>
    [Fact]
    public void A_permutation_test_is_a_few_thousand_resamples()
    {
        double[] low = [.. Enumerable.Range(0, 10)], high = [.. Enumerable.Range(20, 10)];
        var p = RankComparison.Of(low, high).Value.ExactPValue!.Value;
        // All 20!/(10!·10!) = 184,756 orders are equally likely.
        Assert.Equal(2 / 184_756.0, p, 1e-15);
        Assert.Equal(p, RankComparison.Of(low, high).Value.ExactPValue);
    }

    /// <summary>In spotify/confidence the spending solver works on a grid to 1e-7: bounds are off by 5e-5 at a level of .05 and by .003 at .001.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.001)]
    public void Spending_bounds_are_found_on_a_coarse_grid(double alpha)
    {
        var bounds = GroupSequential.Spending(SpendingFunction.KimDeMets(2), [0.2, 0.5, 0.7, 1], alpha);
        var crossing = Crossing.Of(bounds.Fractions.AsSpan(), bounds.Lower.AsSpan(), bounds.Z.AsSpan(), 0);
        double spent = 0;
        for (var k = 0; k < 4; k++)
        {
            spent += crossing.Upper[k] + crossing.Lower[k];
            Assert.Equal(alpha * bounds.Fractions[k] * bounds.Fractions[k], spent, 1e-9 * alpha);
        }
    }

    /// <summary>In spotify/confidence a lower bound is a placeholder of −8 and is not obeyed.</summary>
    [Fact]
    public void The_lower_bound_is_ignored()
    {
        var design = FutilityDesign.Of(SpendingFunction.OBrienFleming, SpendingFunction.Pocock, [0.5, 1], 0.025, 0.2);
        var planned = design.Under(design.Drift);
        Assert.Equal(design.Upper[^1], design.Lower[^1], 1e-9);
        Assert.Equal(0.2, planned.TotalLower, 1e-8);
        Assert.True(design.Under(0).Lower[0] > 0.3);
    }

    /// <summary>In spotify/confidence there is no inference after a group-sequential test has stopped: the plain estimate is too far out.</summary>
    [Fact]
    public void A_stopped_test_has_no_inference_of_its_own()
    {
        var bounds = GroupSequential.OBrienFleming(4, 0.05);
        var final = FinalInference.At(bounds, 2, bounds.Z[1] + 0.1, 0.05);
        var naive = (bounds.Z[1] + 0.1) / Math.Sqrt(0.5);
        Assert.True(final.MedianUnbiasedDrift < naive);
        Assert.True(final.PValue < 0.05 && final.Interval.Lower > 0);
    }

    /// <summary>tea-tasting has an interval of the log ratio only, which a mean at or below 0 does not have.</summary>
    [Fact]
    public void A_relative_effect_needs_positive_means()
    {
        Estimate control = new(-2, 0.01, 99), treatment = new(-1.5, 0.01, 99);
        Assert.False(Effect.RelativeLog(control, treatment, 0.05).IsDetermined);
        var lift = Effect.RelativeFieller(control, treatment, 0.05).Value;
        Assert.True(lift.Lower > 0 && lift.Lower < 0.25 && 0.25 < lift.Upper);
    }

    /// <summary>In avlm (stored commit 220864c) the p-values of a regression take `min` where `pmin` is meant: every coefficient gets the smallest.</summary>
    [Fact]
    public void Every_coefficient_gets_the_smallest_p()
    {
        double[] p = [.. new[] { 4.0, 3.0, 0.5 }.Select(t => Math.Min(1, Math.Exp(-AnytimeT.LogEvidence(t, 97, 10, 25))))];
        Assert.True(p[0] < p[1] && p[1] < p[2]);
        Assert.Equal(1, p[2]);
    }

    /// <summary>rpact 3.3.4 loses its way at looks that are nearly the same look.</summary>
    [Fact]
    public void Looks_next_to_each_other_break_the_recursion()
    {
        var one = GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.5, 1], 0.05);
        var two = GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.5, 0.5 + 1e-9, 1], 0.05);
        Assert.Equal([one.Z[0], double.PositiveInfinity, one.Z[1]], two.Z);
        Assert.Throws<ArgumentOutOfRangeException>("fractions", () => GroupSequential.Family([0.5, 0.5 + 1e-9, 1], [1, 1, 1], 0.05));
    }

    /// <summary>statsmodels 0.13.5 has ends of Miettinen and Nurminen's interval at which the test does not reject at its level.</summary>
    [Theory]
    [InlineData(3, 40, 9, 45)]
    [InlineData(0, 12, 5, 19)]
    [InlineData(500, 10_000, 560, 10_000)]
    public void The_ends_of_a_score_interval_do_not_invert_the_test(long xc, long nc, long xt, long nt)
    {
        var interval = Proportions.MiettinenNurminen(xc, nc, xt, nt, 0.05).Value;
        foreach (var end in (double[])[interval.Lower, interval.Upper])
        {
            var variance = ScoreDifference.Variance(xc, nc, xt, nt, end) * (nc + nt) / (nc + nt - 1.0);
            Assert.Equal(1.959963984540054, Math.Abs(((double)xt / nt) - ((double)xc / nc) - end) / Math.Sqrt(variance), 1e-8);
        }
    }

    /// <summary>scipy 1.10 is off by 5e-8 in the incomplete beta function at a = 3e8 and b = 7e8.</summary>
    [Fact]
    public void The_incomplete_beta_function_of_a_billion_units_is_off()
    {
        // mpmath 1.3, 60 digits: betainc(3e8, 7e8, 0, 0.30001, regularized=True).
        Assert.Equal(0.7549250351083917, Beta.Cdf(0.30001, 3e8, 7e8), 1e-12);
        Assert.Equal(1, Beta.Cdf(0.30001, 3e8, 7e8) + Beta.Cdf(1 - 0.30001, 7e8, 3e8), 1e-11);
    }
}
