namespace Assay.Statistics.Tests;

public sealed class Undetermined
{
    private static readonly Estimate Nothing = new(0, 0, double.PositiveInfinity);

    [Fact]
    public void Proportions_without_any_success_have_no_variance() =>
        Assert.Equal(Reason.NoVariance, FixedHorizon.TwoProportions(0, 100, 0, 100, 0.05).Reason);

    [Fact]
    public void An_empty_arm_has_no_units() => Assert.Equal(Reason.NoUnits, FixedHorizon.TwoProportions(0, 0, 1, 100, 0.05).Reason);

    [Fact]
    public void One_unit_is_too_few() => Assert.Equal(Reason.TooFewUnits, FixedHorizon.Welch(Moments.Of([1]), Moments.Of([1, 2]), 0.05).Reason);

    [Fact]
    public void Two_constant_arms_have_no_variance() => Assert.Equal(Reason.NoVariance, FixedHorizon.Welch(Moments.Of([1, 1]), Moments.Of([2, 2]), 0.05).Reason);

    [Fact]
    public void One_constant_arm_is_legal() => Assert.True(FixedHorizon.Welch(Moments.Of([1, 1]), Moments.Of([2, 2.5]), 0.05).IsDetermined);

    [Fact]
    public void A_zero_control_mean_has_no_relative_effect()
    {
        Assert.Equal(Reason.ZeroBaseline, Effect.RelativeFieller(Nothing, new Estimate(1, 1, 10), 0.05).Reason);
        Assert.Equal(Reason.ZeroBaseline, Effect.RelativeDelta(Nothing, new Estimate(1, 1, 10)).Reason);
    }

    [Fact]
    public void A_control_mean_not_distinguishable_from_zero_has_no_relative_interval() =>
        Assert.Equal(Reason.ZeroBaseline, Effect.RelativeFieller(new Estimate(0.1, 1, 50), new Estimate(1, 1, 50), 0.05).Reason);

    [Fact]
    public void A_ratio_without_denominator_is_undetermined() =>
        Assert.Equal(Reason.ZeroDenominator, Ratio.Of(JointMoments.Of([1, 0], [2, 0])).Reason);

    [Fact]
    public void No_units_give_no_sample_ratio() => Assert.Equal(Reason.NoUnits, SampleRatio.ChiSquare([0, 0], [1, 1]).Reason);

    [Fact]
    public void An_always_valid_test_without_variance_is_undetermined() => Assert.Equal(Reason.NoVariance, AlwaysValid.Infer(Nothing, 0.05, 1).Reason);

    [Fact]
    public void No_size_finds_no_difference() => Assert.Equal(Reason.NoSolution, Power.TwoProportionsControlSize(0.1, 0.1, 1, 0.05, 0.8).Reason);

    [Fact]
    public void A_fall_below_zero_is_not_detectable() => Assert.Equal(Reason.NoSolution, Power.TwoProportionsDetectable(0.001, 100, 100, 0.05, 0.8, -1).Reason);

    [Fact]
    public void A_unit_in_an_arm_of_weight_zero_is_told() => Assert.True(SampleRatio.ChiSquare([60, 40, 1], [1, 1, 0]).Value.UnitsInZeroWeightArm);

    [Fact]
    public void An_arm_of_weight_zero_is_out_of_the_degrees_of_freedom() => Assert.Equal(1, SampleRatio.ChiSquare([60, 40, 0, 0], [1, 1, 0, 0]).Value.DegreesOfFreedom);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_outside_zero_and_one_is_refused(double alpha)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(alpha), () => FixedHorizon.TwoProportions(1, 2, 1, 2, alpha));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(alpha), () => AlwaysValid.MixtureVariance(1, alpha));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(alpha), () => GroupSequential.Pocock(3, alpha));
    }

    [Fact]
    public void More_successes_than_units_are_refused() => Assert.Throws<ArgumentOutOfRangeException>("controlSuccesses", () => FixedHorizon.TwoProportions(3, 2, 1, 2, 0.05));

    [Fact]
    public void A_hundred_conversions_are_normal_enough_for_a_rare_outcome()
    {
        const double rate = 0.001;
        var skewness = (1 - (2 * rate)) / Math.Sqrt(rate * (1 - rate));
        Assert.True(AlwaysValid.IsNormalEnough(100_000, skewness));
        Assert.False(AlwaysValid.IsNormalEnough(99_000, skewness));
        Assert.False(AlwaysValid.IsNormalEnough(99, 0));
        Assert.True(AlwaysValid.IsNormalEnough(100, 0));
    }
}
