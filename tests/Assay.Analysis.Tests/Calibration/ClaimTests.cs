using Assay.Analysis.Calibration;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Calibration;

public sealed class ClaimTests
{
    [Fact]
    public void A_rate_agrees_up_to_the_exact_binomial_tails_and_no_further()
    {
        var claim = new Claim.Rate(0.05);
        var most = Enumerable.Range(50, 100).Last(k => Beta.Cdf(0.05, k, 1000 - k + 1) >= Claim.Doubt / 2);
        var fewest = Enumerable.Range(1, 50).First(k => Beta.Survival(0.05, k + 1, 1000 - k) >= Claim.Doubt / 2);
        Assert.InRange(most, 70, 75);
        Assert.InRange(fewest, 28, 32);
        Assert.True(claim.Agrees(Of(most, 1000)));
        Assert.False(claim.Agrees(Of(most + 1, 1000)));
        Assert.True(claim.Agrees(Of(fewest, 1000)));
        Assert.False(claim.Agrees(Of(fewest - 1, 1000)));
    }

    [Fact]
    public void A_tolerance_widens_a_rate_on_both_sides()
    {
        Assert.False(new Claim.Rate(0.05).Agrees(Of(80, 1000)));
        Assert.True(new Claim.Rate(0.05, 0.02).Agrees(Of(80, 1000)));
        Assert.False(new Claim.Rate(0.05).Agrees(Of(20, 1000)));
        Assert.True(new Claim.Rate(0.05, 0.02).Agrees(Of(20, 1000)));
    }

    [Fact]
    public void A_promise_is_broken_on_one_side_only()
    {
        Assert.True(new Claim.AtMost(0.05).Agrees(Of(0, 1000)));
        Assert.False(new Claim.AtMost(0.05).Agrees(Of(80, 1000)));
        Assert.True(new Claim.AtLeast(0.95).Agrees(Of(1000, 1000)));
        Assert.False(new Claim.AtLeast(0.95).Agrees(Of(920, 1000)));
        Assert.True(new Claim.AtMost(0).Agrees(Of(0, 1000)));
        Assert.False(new Claim.AtMost(0).Agrees(Of(1, 1000)));
    }

    [Fact]
    public void A_naive_method_must_be_seen_to_err_and_by_as_much_as_is_known()
    {
        Assert.True(new Claim.Exceeds(0.05).Agrees(Of(80, 1000)));
        Assert.False(new Claim.Exceeds(0.05).Agrees(Of(55, 1000)));
        Assert.False(new Claim.Exceeds(0.05, new Claim.Rate(0.25)).Agrees(Of(80, 1000)));
        Assert.True(new Claim.FallsShort(0.95).Agrees(Of(900, 1000)));
        Assert.False(new Claim.FallsShort(0.95).Agrees(Of(950, 1000)));
        Assert.False(new Claim.FallsShort(0.95, new Claim.Rate(0.94)).Agrees(Of(900, 1000)));
        Assert.True(new Claim.Exceeds(0.05).IsFailure && new Claim.FallsShort(0.95).IsFailure && new Claim.Misses(0, 1, 0).IsFailure && !new Claim.Rate(0.05).IsFailure);
    }

    [Fact]
    public void A_rate_that_is_known_to_err_is_confirmed_however_near_it_is()
    {
        Assert.True(new Claim.KnownToExceed(0.05, new Claim.Rate(0.054)).Agrees(Of(55, 1000)));
        Assert.False(new Claim.KnownToExceed(0.05, new Claim.Rate(0.054)).Agrees(Of(90, 1000)));
        Assert.False(new Claim.KnownToExceed(0.05, new Claim.Rate(0.05)).Agrees(Of(50, 1000)));
        Assert.False(new Claim.KnownToExceed(0.05, new Claim.Rate(0.054, 0.004)).Agrees(Of(55, 1000)));
        Assert.True(new Claim.KnownToFallShort(0.95, new Claim.Rate(0.94)).Agrees(Of(942, 1000)));
        Assert.False(new Claim.KnownToFallShort(0.95, new Claim.Rate(0.94)).Agrees(Of(900, 1000)));
        Assert.False(new Claim.KnownToFallShort(0.95, new Claim.Rate(0.94, 0.01)).Agrees(Of(942, 1000)));
        Assert.True(new Claim.KnownToExceed(0.05, new Claim.Rate(0.054)).IsFailure && new Claim.KnownToFallShort(0.95, new Claim.Rate(0.94)).IsFailure);
    }

    [Theory]
    [InlineData(0.05, 1000)]
    [InlineData(0.05, 20_000)]
    [InlineData(0.001, 20_000)]
    public void A_promise_is_broken_from_a_rate_that_breaks_it_and_from_no_smaller_one(double most, int runs)
    {
        var from = (int)Math.Round(new Claim.AtMost(most).BrokenFrom(runs) * runs);
        Assert.False(new Claim.AtMost(most).Agrees(Of(from, runs)));
        Assert.True(new Claim.AtMost(most).Agrees(Of(from - 1, runs)));
    }

    [Fact]
    public void What_is_no_promise_or_cannot_be_broken_has_no_rate_from_which_it_is()
    {
        Assert.Equal(double.NaN, new Claim.Rate(0.05).BrokenFrom(1000));
        Assert.Equal(double.NaN, new Claim.AtMost(0.05).BrokenFrom(1));
        Assert.Equal(1, new Claim.AtMost(0).BrokenFrom(1));
    }

    [Fact]
    public void Another_last_digit_is_one_that_rounding_does_not_explain()
    {
        var tally = new Tally(keepsValues: false);
        tally.Add(1.40466);
        Assert.True(new Claim.OtherLastDigit(1.41, 0.01).Agrees(tally));
        Assert.False(new Claim.OtherLastDigit(1.40, 0.01).Agrees(tally));
        Assert.False(new Claim.OtherLastDigit(1.42, 0.01).Agrees(tally));
    }

    [Fact]
    public void A_mean_agrees_within_its_own_error()
    {
        var tally = new Tally(keepsValues: false);
        foreach (var value in Enumerable.Range(0, 1000)) tally.Add(value % 2 == 0 ? 1 : -1);
        Assert.Equal(1 / Math.Sqrt(1000), tally.StandardError, 1e-12);
        Assert.True(new Claim.Expectation(0.1).Agrees(tally));
        Assert.False(new Claim.Expectation(0.11).Agrees(tally));
        Assert.True(new Claim.Expectation(0.2, 0.1).Agrees(tally));
        Assert.True(new Claim.ExpectationAtMost(-0.09).Agrees(tally));
        Assert.False(new Claim.ExpectationAtMost(-0.1).Agrees(tally));
        Assert.True(new Claim.Misses(0.2, 0, 0.01).Agrees(tally));
        Assert.False(new Claim.Misses(0.05, 0, 0.01).Agrees(tally));
        Assert.False(new Claim.Misses(0.4, 0.3, 0.01).Agrees(tally));
    }

    [Fact]
    public void A_computed_value_agrees_within_its_tolerance()
    {
        var tally = new Tally(keepsValues: false);
        tally.Add(0.9370000);
        Assert.True(new Claim.Value(0.9370001, 1e-6).Agrees(tally));
        Assert.False(new Claim.Value(0.93701, 1e-6).Agrees(tally));
        Assert.True(new Claim.ValueFallsShort(0.95, new Claim.Value(0.937, 1e-6)).Agrees(tally));
        Assert.False(new Claim.ValueFallsShort(0.93, new Claim.Value(0.937, 1e-6)).Agrees(tally));
    }

    [Fact]
    public void Uniform_p_values_agree_and_ones_that_crowd_towards_0_do_not()
    {
        var (uniform, crowded) = (new Tally(keepsValues: true), new Tally(keepsValues: true));
        for (var i = 0; i < 5000; i++)
        {
            uniform.Add((i + 0.5) / 5000);
            crowded.Add(Math.Pow((i + 0.5) / 5000, 1.1));
        }

        Assert.True(new Claim.Uniform().Agrees(uniform));
        Assert.False(new Claim.Uniform().Agrees(crowded));
    }

    /// <summary>Kolmogorov's limit law at its tabled points: P(K &gt; 1.3581) = .05, P(K &gt; 1.6276) = .01.</summary>
    [Theory]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.6276, 0.01)]
    public void Kolmogorovs_test_has_its_tabled_points(double lambda, double p)
    {
        const int count = 1_000_000;
        var shift = (lambda / (Math.Sqrt(count) + 0.12)) - (0.5 / count);
        Assert.Equal(p, Kolmogorov.PValue([.. Enumerable.Range(0, count).Select(i => Math.Min(1, ((i + 0.5) / count) + shift))]), 2e-4);
    }

    [Fact]
    public void A_run_without_an_answer_does_not_count_and_a_tally_without_any_agrees_with_nothing()
    {
        var tally = new Tally(keepsValues: false);
        tally.Add(double.NaN);
        Assert.Equal(0, tally.Count);
        Assert.All<Claim>([new Claim.Rate(0.5, 0.5), new Claim.AtMost(1), new Claim.AtLeast(0), new Claim.Expectation(0, 10), new Claim.ExpectationAtMost(10), new Claim.Uniform(), new Claim.Value(0, 1)], claim => Assert.False(claim.Agrees(tally)));
    }

    private static Tally Of(int yes, int runs)
    {
        var tally = new Tally(keepsValues: false);
        for (var i = 0; i < runs; i++) tally.Add(i < yes ? 1 : 0);
        return tally;
    }
}
